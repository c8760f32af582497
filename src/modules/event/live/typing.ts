import { isUuid } from '../../../ids.ts';

/** Somebody was typing; nothing of it is kept. */
export interface TypingNotice {
  organizationId: string;
  conversationId: string;
  at: Date;
}

/** The notice in a notification; null for anything else, since whoever reaches the database can notify. */
export function readTypingNotice(payload: string): TypingNotice | null {
  try {
    const { organizationId, conversationId, at } = JSON.parse(payload);
    const instant = new Date(at);
    if (!isUuid(organizationId) || !isUuid(conversationId) || Number.isNaN(instant.getTime())) return null;
    return { organizationId, conversationId, at: instant };
  } catch {
    return null;
  }
}
