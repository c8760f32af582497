import { LRUCache } from 'lru-cache';
import { persistedLength } from '../limits.ts';

/** A hash, and what keeping it costs beside the document's characters. */
const hashLength = 64;

/**
 * Documents by hash, kept in memory for each organization on its own. Each organization has its bound; if all together have too many, the largest one loses
 * the document that it used least recently, so that no organization loses any to one that sends more than it does.
 */
export class LearnedDocuments {
  readonly #byOrganization = new Map<string, LRUCache<string, string>>();
  #length = 0;

  get(organizationId: string, hash: string): string | undefined {
    return this.#byOrganization.get(organizationId)?.get(hash);
  }

  set(organizationId: string, hash: string, document: string): void {
    const documents = this.#byOrganization.get(organizationId) ?? newDocuments();
    this.#byOrganization.set(organizationId, documents);
    this.#count(documents, () => documents.set(hash, document));
    while (this.#length > persistedLength.all) this.#dropFromLargest();
  }

  #dropFromLargest(): void {
    let [largest] = this.#byOrganization;
    for (const each of this.#byOrganization)
      if (largest === undefined || each[1].calculatedSize > largest[1].calculatedSize) largest = each;
    if (largest === undefined) return;
    const [organizationId, documents] = largest;
    this.#count(documents, () => documents.pop());
    if (documents.size === 0) this.#byOrganization.delete(organizationId);
  }

  #count(documents: LRUCache<string, string>, change: () => void): void {
    const before = documents.calculatedSize;
    change();
    this.#length += documents.calculatedSize - before;
  }
}

function newDocuments(): LRUCache<string, string> {
  return new LRUCache({ maxSize: persistedLength.organization, sizeCalculation: ({ length }) => length + hashLength });
}
