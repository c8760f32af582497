import { builder } from '../../graphql/builder.ts';
import type { ParticipantRow } from './rows.ts';

export const Participant = builder.objectRef<ParticipantRow>('Participant');

export const ParticipantConnection = builder.connectionObject(
  { type: Participant, name: 'ParticipantConnection', description: 'Participants, page by page.' },
  { name: 'ParticipantEdge', description: 'A participant and its cursor.' },
);
