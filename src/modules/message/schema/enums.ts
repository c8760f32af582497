import { Channel, MessageDirection, MessageKind, MessageStatus } from '../../../generated/prisma/enums.ts';
import { builder } from '../../../graphql/schema/builder.ts';

export const KindEnum = builder.enumType('MessageKind', {
  description: 'What a message is.',
  values: {
    [MessageKind.NORMAL]: { description: 'Somebody wrote it.' },
    [MessageKind.SERVICE]: { description: 'The system put it there, as when somebody joins.' },
  },
});

export const DirectionEnum = builder.enumType('MessageDirection', {
  description: 'Which way a message went.',
  values: {
    [MessageDirection.INBOUND]: { description: 'To the organization.' },
    [MessageDirection.OUTBOUND]: { description: 'From the organization.' },
  },
});

export const StatusEnum = builder.enumType('MessageStatus', {
  description: 'How far an outbound message got; it only moves forward.',
  values: {
    [MessageStatus.QUEUED]: { description: 'Accepted, not yet tried.' },
    [MessageStatus.SENDING]: { description: 'On its way to the carrier.' },
    [MessageStatus.SENT]: { description: 'The carrier took it.' },
    [MessageStatus.DELIVERED]: { description: 'It arrived.' },
    [MessageStatus.UNDELIVERED]: { description: 'The carrier could not deliver it.' },
    [MessageStatus.FAILED]: { description: 'It could not be sent.' },
  },
});

export const ChannelEnum = builder.enumType('Channel', {
  description: 'What a message travelled by.',
  values: {
    [Channel.SMS]: { description: 'A text message.' },
    [Channel.MMS]: { description: 'A text message with media.' },
    [Channel.IMESSAGE]: { description: 'Apple’s iMessage.' },
    [Channel.RCS]: { description: 'Rich Communication Services.' },
    [Channel.WHATSAPP]: { description: 'WhatsApp.' },
    [Channel.CHAT]: { description: 'The workplace chat itself.' },
  },
});
