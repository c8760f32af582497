import type { Database } from '../../database/database.ts';
import { findOrganization } from '../../modules/organization/store/find.ts';
import { Client, type Timing } from './client.ts';
import type { ListedConversation, ListedItem, SourceContract } from './contract.ts';
import { type Hole, RequestError, SourceError } from './failures.ts';
import { findPlaces, noPlace, openSource, type Source, type StoredPlace, saveCompleteThrough } from './position.ts';
import { walkMessages } from './walk-messages.ts';
import { type Counts, Writer } from './writer.ts';

export interface SyncOptions {
  organizationId: string;
  contract: SourceContract;
  /** Without a slash at its end. */
  baseUrl: string;
  token: string;
  /** Earlier activity is not copied; null: all is. */
  since: Date | null;
  /** Reads everything again: edits, deletions and reactions of old messages do not change a list of conversations. */
  full: boolean;
  timing: Timing;
  /** Ends the run after the messages that were read are stored. */
  signal: AbortSignal;
  onProgress(counts: Counts, conversations: number): void;
  onNote(note: string): void;
}

export interface SyncResult extends Counts {
  /** The number of conversations of which messages were read. */
  conversations: number;
  requests: number;
  /** The parts that could not be copied. The next run tries them again. */
  holes: Hole[];
  /** All activity up to this time is copied. */
  completeThrough: Date | null;
  /** True: the signal ended the run. */
  interrupted: boolean;
}

/**
 * The list of conversations is read down to this time before the position: a message may be recorded later than its own time says. Unchanged conversations
 * cost no request.
 */
const overlapMs = 3_600_000;
const mostRounds = 10;
/** So many failed pages, one after another, end the run. */
const mostFailures = 3;

/**
 * Copies conversations and messages from another API. Each round reads the list of conversations, the most recently active first, down to the position. A
 * conversation that becomes active while the list is read moves to its beginning, which was read already: the next round finds it there. The rounds end when
 * one finds nothing new. The position is the activity at which the round began: it does not pass a part that could not be copied.
 * @throws OperatorError if no request can succeed
 */
export async function sync(database: Database, options: SyncOptions): Promise<SyncResult> {
  const { organizationId, contract, baseUrl, signal, onNote } = options;
  await findOrganization(database, organizationId);
  const source = await openSource(database, organizationId, { contract: contract.name, baseUrl, since: options.since });
  const client = new Client({ ...options, title: contract.title, onWait: onNote });
  const run = new Run(database, source, client, options);
  try {
    for (let round = 1; round <= mostRounds && (await run.round(options.full && round === 1)); round++);
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    await run.writer.flush();
  }
  const { counts } = run.writer;
  const { conversations, holes, completeThrough } = run;
  return { ...counts, conversations, requests: client.requests, holes, completeThrough, interrupted: signal.aborted };
}

class Run {
  readonly #database: Database;
  readonly #source: Source;
  readonly #client: Client;
  readonly #options: SyncOptions;
  readonly writer: Writer;
  readonly holes: Hole[] = [];
  conversations = 0;
  completeThrough: Date | null;
  /** The least recent activity of a conversation with a hole. */
  #oldestHole: Date | null = null;
  /** A hole without a time: the position cannot move at all. */
  #isBlocked = false;
  #failures = 0;

  constructor(database: Database, source: Source, client: Client, options: SyncOptions) {
    const { organizationId, timing } = options;
    this.#database = database;
    this.#source = source;
    this.#client = client;
    this.#options = options;
    this.completeThrough = source.completeThrough;
    this.writer = new Writer(database, {
      organizationId,
      sourceId: source.id,
      now: timing.now,
      onHole: (hole, conversation) => this.#reportIn(conversation, hole),
    });
  }

  /** Reads the list once. @returns true if another round may find more */
  async round(full: boolean): Promise<boolean> {
    const { since } = this.#source;
    const overlap = this.completeThrough && new Date(this.completeThrough.getTime() - overlapMs);
    const bound = full ? since : latest(since, overlap);
    let top: Date | null = null;
    let changed = false;
    try {
      for await (const page of this.#options.contract.conversations(this.#client)) {
        const listed = page.filter((item) => this.#isReadable(item));
        for (const { lastActivity } of listed) top = latest(top, lastActivity);
        if (await this.#readChanged(listed, full)) changed = true;
        if (listed.some(({ lastActivity }) => bound !== null && lastActivity < bound)) break;
      }
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (top === null && [400, 404, 405, 410, 422].includes(error.status ?? 0))
        throw new SourceError(`${error.message} to a request of its conversations: check the contract and --base-url`);
      this.#isBlocked = true;
      this.#report({ conversation: null, message: null, reason: error.message });
      changed = false;
    }
    await this.writer.flush();
    await this.#save(top);
    return changed;
  }

  /** @returns true if a conversation of the page was read */
  async #readChanged(page: readonly ListedConversation[], full: boolean): Promise<boolean> {
    const { organizationId } = this.#options;
    const { id: sourceId, since } = this.#source;
    const ids = page.map(({ id }) => id);
    const places = await findPlaces(this.#database, organizationId, sourceId, ids);
    let changed = false;
    for (const conversation of page) {
      const stored = places.get(conversation.id);
      const isWanted = since === null || conversation.lastActivity >= since;
      const isChanged = full || stored?.fingerprint !== conversation.fingerprint;
      if (!isWanted || !isChanged || this.writer.incomplete.has(conversation.id)) continue;
      changed = true;
      await this.#read(conversation, full || stored === undefined ? noPlace : stored);
    }
    return changed;
  }

  async #read(conversation: ListedConversation, from: StoredPlace): Promise<void> {
    const { contract, onNote, onProgress } = this.#options;
    const { id, name } = conversation;
    const onRefusedPlace = (reason: string) => onNote(`${name}: ${reason}; the conversation is read from its beginning`);
    this.conversations++;
    try {
      for await (const step of walkMessages(contract.order, { conversation, from, since: this.#source.since, onRefusedPlace })) {
        await this.writer.add(conversation, step);
        onProgress(this.writer.counts, this.conversations);
      }
      this.#failures = 0;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.writer.incomplete.add(id);
      this.#reportIn(conversation, { conversation: name, message: null, reason: error.message });
      if (++this.#failures === mostFailures) throw new RequestError(`${mostFailures} pages failed one after another: the run ends`, null);
    }
  }

  #isReadable(item: ListedItem): item is ListedConversation {
    if (!('problem' in item)) return true;
    this.#isBlocked = true;
    this.#report({ conversation: item.id, message: null, reason: item.problem });
    return false;
  }

  #reportIn({ lastActivity }: ListedConversation, hole: Hole): void {
    if (this.#oldestHole === null || lastActivity < this.#oldestHole) this.#oldestHole = lastActivity;
    this.#report(hole);
  }

  #report(hole: Hole): void {
    const isReported = this.holes.some(
      ({ conversation, message, reason }) => conversation === hole.conversation && message === hole.message && reason === hole.reason,
    );
    if (!isReported) this.holes.push(hole);
  }

  /** Moves the position to the activity at which the list began, but not past a hole. It never moves back. */
  async #save(top: Date | null): Promise<void> {
    if (this.#isBlocked || top === null) return;
    const time = this.#oldestHole !== null && this.#oldestHole < top ? this.#oldestHole : top;
    if (this.completeThrough !== null && time <= this.completeThrough) return;
    await saveCompleteThrough(this.#database, this.#options.organizationId, this.#source.id, time);
    this.completeThrough = time;
  }
}

function latest(one: Date | null, other: Date | null): Date | null {
  return one === null || (other !== null && other > one) ? other : one;
}
