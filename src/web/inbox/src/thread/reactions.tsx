import { graphql, useFragment } from 'react-relay';
import type { reactions_message$key } from './__generated__/reactions_message.graphql.ts';

/** Emoji of the words that some channels send. */
const emoji: Record<string, string> = { love: '❤️', like: '👍', dislike: '👎', laugh: '😂', emphasize: '‼️', question: '❓' };

/** The reactions to a message, each type once with its number. */
export function Reactions({ message }: { message: reactions_message$key }) {
  const { reactions } = useFragment(
    graphql`
      fragment reactions_message on Message {
        reactions(first: 50) { reactionType author { name } }
      }
    `,
    message,
  );
  if (reactions == null || reactions.length === 0) return null;
  const names = Map.groupBy(reactions, ({ reactionType }) => reactionType);
  return (
    <ul className="reactions" aria-label="Reactions">
      {[...names].map(([type, each]) => (
        <li key={type} title={each.map(({ author }) => author.name).join(', ')}>
          {emoji[type] ?? type}
          {each.length > 1 && ` ${each.length}`}
          <span className="hidden"> from {each.map(({ author }) => author.name).join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}
