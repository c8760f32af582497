import { builder } from '../../../graphql/schema/builder.ts';
import type { ParticipantRow } from '../store/rows.ts';

export const Participant = builder.objectRef<ParticipantRow>('Participant');

export const ParticipantConnection = builder.connectionObject(
  { type: Participant, name: 'ParticipantConnection', description: 'A page of participants.' },
  { name: 'ParticipantEdge', description: 'A participant and its cursor.' },
);
