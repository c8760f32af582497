import { LRUCache } from 'lru-cache';
import { persistedLength } from '../limits.ts';

/** The characters of a hash, which count in addition to those of the document. */
const hashLength = 64;

/**
 * A cache of documents by hash, separate for each organization. Each organization has a limit. If all organizations together exceed the common limit, the one with
 * the most documents loses its least recently used document, so that no organization loses documents because another one sends many.
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
