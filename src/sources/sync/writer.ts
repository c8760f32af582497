import type { Database } from '../../database/database.ts';
import { UnavailableError } from '../../errors.ts';
import { refreshStatistics } from '../../modules/message/import-file/import-file.ts';
import { ingest } from '../../modules/message/ingest/ingest.ts';
import type { Outcome } from '../../modules/message/ingest/match/line.ts';
import type { MessageDraft } from '../../modules/message/ingest/read/message-draft.ts';
import { applyDetails } from './apply-details.ts';
import type { ConversationDetails, ListedConversation } from './contract.ts';
import type { Hole } from './failures.ts';
import { observeEdits } from './observe-edits.ts';
import { type Place, saveFingerprints, savePlaces } from './position.ts';
import type { Step } from './walk-messages.ts';

/** The messages of the steps wait until there are this many, so that small conversations share a transaction. */
const batchSize = 200;

export interface Counts {
  read: number;
  imported: number;
  updated: number;
  skipped: number;
}

interface PendingStep extends Step {
  conversation: ListedConversation;
}

interface Target {
  organizationId: string;
  sourceId: string;
  now(): number;
  onHole(hole: Hole, conversation: ListedConversation): void;
}

type Result = Outcome | { outcome: 'failed'; reason: string };

/** Stores messages and the positions after them, in transactions of about 200 messages. */
export class Writer {
  readonly #database: Database;
  readonly #target: Target;
  readonly counts: Counts = { read: 0, imported: 0, updated: 0, skipped: 0 };
  /** The ids of conversations of which a part could not be stored. Their positions stay before it. */
  readonly incomplete = new Set<string>();
  /** The ids here of conversations that are being read, by their ids at the source. */
  readonly #conversationIds = new Map<string, string>();
  #steps: PendingStep[] = [];
  #batches = 0;

  constructor(database: Database, target: Target) {
    this.#database = database;
    this.#target = target;
  }

  async add(conversation: ListedConversation, step: Step): Promise<void> {
    this.#steps.push({ ...step, conversation });
    if (this.#steps.reduce((sum, { messages }) => sum + messages.length, 0) >= batchSize) await this.flush();
  }

  /** Stores the steps that wait. */
  async flush(): Promise<void> {
    const steps = this.#steps;
    this.#steps = [];
    const lines = steps.flatMap((step) => step.messages.map((message) => ({ step, message })));
    const valid = lines.flatMap(({ step, message }) => ('draft' in message ? { step, id: message.id, draft: message.draft } : []));
    for (const { step, message } of lines) if ('problem' in message) this.#report(step, message.id, message.problem);
    this.counts.read += lines.length;

    const { organizationId, now } = this.#target;
    const drafts = valid.map(({ draft }) => draft);
    const observed = await observeEdits(this.#database, organizationId, drafts, new Date(now()));
    const results = await this.#store(observed);
    for (const [index, result] of results.entries()) {
      const line = valid[index];
      if (line === undefined) continue;
      if (result.outcome === 'refused') this.#report(line.step, line.id, `${result.field} ${result.reason}`);
      else if (result.outcome === 'failed') this.#report(line.step, line.id, result.reason);
      else {
        this.counts[result.outcome]++;
        this.#conversationIds.set(line.step.conversation.id, result.conversationId);
      }
    }
    await this.#saveState(steps);
    if (results.some(({ outcome }) => outcome === 'imported')) await this.#refreshStatistics();
  }

  /** Saves the positions after stored steps, and the state of the conversations that are read to their end. */
  async #saveState(steps: readonly PendingStep[]): Promise<void> {
    const { organizationId, sourceId, now } = this.#target;
    const whole = steps.filter(({ conversation }) => !this.incomplete.has(conversation.id));
    const places = new Map<string, Place>(whole.map(({ conversation, place }) => [conversation.id, place]));
    await savePlaces(this.#database, organizationId, sourceId, places);
    const details = new Map<string, ConversationDetails>();
    for (const { conversation, complete } of whole) {
      const id = this.#conversationIds.get(conversation.id);
      if (complete && id !== undefined) details.set(id, conversation.details);
    }
    const problems = await applyDetails(this.#database, organizationId, details, new Date(now()));
    const fingerprints = new Map<string, string>();
    for (const step of whole.filter(({ complete }) => complete)) {
      const { id, name, fingerprint } = step.conversation;
      const problem = problems.get(this.#conversationIds.get(id) ?? '');
      this.#conversationIds.delete(id);
      if (problem === undefined) fingerprints.set(id, fingerprint);
      else {
        this.incomplete.add(id);
        this.#target.onHole({ conversation: name, message: null, reason: problem }, step.conversation);
      }
    }
    await saveFingerprints(this.#database, organizationId, sourceId, fingerprints);
  }

  #report({ conversation }: PendingStep, message: string, reason: string): void {
    this.incomplete.add(conversation.id);
    this.#target.onHole({ conversation: conversation.name, message, reason }, conversation);
  }

  /** Stores a batch in one transaction. A batch that fails is split into halves, down to the message that fails alone. */
  async #store(drafts: readonly MessageDraft[]): Promise<Result[]> {
    if (drafts.length === 0) return [];
    try {
      return await this.#database.transaction((tx) => ingest(tx, this.#target.organizationId, drafts));
    } catch (error) {
      if (error instanceof UnavailableError) throw error;
      if (drafts.length === 1) return [{ outcome: 'failed', reason: (error as Error).message }];
    }
    const middle = Math.ceil(drafts.length / 2);
    return [...(await this.#store(drafts.slice(0, middle))), ...(await this.#store(drafts.slice(middle)))];
  }

  async #refreshStatistics(): Promise<void> {
    this.#batches++;
    await this.#database.session((session) => refreshStatistics(session, this.#batches));
  }
}
