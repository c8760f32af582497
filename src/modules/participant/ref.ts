import { builder } from '../../graphql/builder.ts';
import type { ParticipantRow } from './rows.ts';

export const Participant = builder.objectRef<ParticipantRow>('Participant');
