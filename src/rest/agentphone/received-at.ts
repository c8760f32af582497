// `receivedAt` is an instant in milliseconds and, in the digits behind them, the rank of the message among those of its phone number and instant. Its text
// order is the order of the list, and a message's digits never change.

const rankGroup = 3;
/** PostgreSQL's greatest integer: no rank is greater. */
export const greatestRank = 2_147_483_647;

/** @param createdAt as GraphQL writes an instant */
export function formatReceivedAt({ createdAt, createdAtRank }: { createdAt: string; createdAtRank: number }): string {
  return `${new Date(createdAt).toISOString().slice(0, -1)}${rankDigits(createdAtRank)}Z`;
}

/**
 * Writes a rank as a multiple of three digits, where no rank's digits begin another's and text order is numeric order: `000` to `899`, then six digits from
 * `900000` to `989999`, then nine from `990000000`: one leading nine more for each three digits more.
 */
export function rankDigits(rank: number): string {
  let rest = rank;
  for (let nines = 0; ; nines += 1) {
    const size = sizeOf(nines);
    if (rest < size) return '9'.repeat(nines) + String(rest).padStart(lengthOf(nines) - nines, '0');
    rest -= size;
  }
}

/** The rank that digits stand for: of digits that no rank has, the greatest rank below them. `exact`: whether some rank has just these digits. */
export function rankOf(digits: string): { rank: number; exact: boolean } {
  const nines = /^9*/.exec(digits)?.[0].length ?? 0;
  let smaller = 0;
  for (let fewer = 0; fewer < nines; fewer += 1) {
    smaller += sizeOf(fewer);
    if (smaller > greatestRank) return { rank: greatestRank, exact: false };
  }
  const length = lengthOf(nines);
  const rank = smaller + Number(digits.slice(nines, length).padEnd(length - nines, '0'));
  return rank > greatestRank ? { rank: greatestRank, exact: false } : { rank, exact: /^0*$/.test(digits.slice(length)) };
}

function lengthOf(nines: number): number {
  return rankGroup * (nines + 1);
}

/** The number of ranks with this many leading nines: the digit behind them is 0 to 8. */
function sizeOf(nines: number): number {
  return 9 * 10 ** (lengthOf(nines) - nines - 1);
}
