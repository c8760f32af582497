import { uuidv7 } from 'uuidv7';
import type { RequestDatabase } from '../../../database/database.ts';
import { checkUrl } from '../../../values/https-url.ts';
import { writeEvents } from '../../event/commands/write.ts';
import { lockConversation } from '../store/lock.ts';
import { setFields } from '../store/set-fields.ts';

/**
 * Sets the picture behind a conversation, with a new id and the next version. The same picture changes nothing.
 * @param imageUrl https, at most 4,096 characters; null: none. @returns true if it changed. @throws BAD_USER_INPUT, NOT_FOUND
 */
export async function setBackground(
  database: RequestDatabase,
  organizationId: string,
  id: string,
  imageUrl: string | null,
): Promise<boolean> {
  if (imageUrl !== null) checkUrl('imageUrl', imageUrl);
  return database.transaction(async (tx) => {
    const { backgroundUrl, backgroundVersion } = await lockConversation(tx, organizationId, id);
    if (backgroundUrl === imageUrl) return false;
    await setFields(tx, organizationId, id, {
      backgroundId: imageUrl === null ? null : uuidv7(),
      backgroundUrl: imageUrl,
      backgroundVersion: imageUrl === null ? backgroundVersion : backgroundVersion + 1,
    });
    await writeEvents(tx, organizationId, [{ kind: 'CONVERSATION_UPDATED', conversationId: id }]);
    return true;
  });
}
