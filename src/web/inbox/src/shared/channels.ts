/** The channels' names, for people. */
export const channelNames = { CHAT: 'Chat', IMESSAGE: 'iMessage', MMS: 'MMS', RCS: 'RCS', SMS: 'SMS', WHATSAPP: 'WhatsApp' };
