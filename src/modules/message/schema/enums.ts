import { Channel, MessageDirection, MessageKind, MessageStatus } from '../../../generated/prisma/enums.ts';
import { builder } from '../../../graphql/schema/builder.ts';

export const KindEnum = builder.enumType('MessageKind', {
  description: 'The kind of a message.',
  values: {
    [MessageKind.NORMAL]: { description: 'A message that somebody wrote.' },
    [MessageKind.SERVICE]: { description: 'A message of the system, for example when somebody joins.' },
  },
});

export const DirectionEnum = builder.enumType('MessageDirection', {
  description: 'The direction of a message or reaction.',
  values: {
    [MessageDirection.INBOUND]: { description: 'Received by the organization.' },
    [MessageDirection.OUTBOUND]: { description: 'Sent by the organization.' },
  },
});

export const StatusEnum = builder.enumType('MessageStatus', {
  description: 'The delivery status of an outbound message. It only moves forward.',
  values: {
    [MessageStatus.QUEUED]: { description: 'Accepted, but not yet handed to the carrier.' },
    [MessageStatus.SENDING]: { description: 'Being handed to the carrier.' },
    [MessageStatus.SENT]: { description: 'Accepted by the carrier.' },
    [MessageStatus.DELIVERED]: { description: 'Delivered to the recipient.' },
    [MessageStatus.UNDELIVERED]: { description: 'Not deliverable, as reported by the carrier.' },
    [MessageStatus.FAILED]: { description: 'Not sent because of an error.' },
  },
});

export const ChannelEnum = builder.enumType('Channel', {
  description: 'The channel that a message was sent over.',
  values: {
    [Channel.SMS]: { description: 'SMS: a text message.' },
    [Channel.MMS]: { description: 'MMS: a text message with media.' },
    [Channel.IMESSAGE]: { description: 'Apple’s iMessage.' },
    [Channel.RCS]: { description: 'Rich Communication Services.' },
    [Channel.WHATSAPP]: { description: 'WhatsApp.' },
    [Channel.CHAT]: { description: 'A workplace chat.' },
  },
});
