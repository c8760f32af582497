import { z } from 'zod';
import { longestSearch, searchProblem } from '../../values/search-text.ts';

/** A text that is searched for. */
export const searched = z
  .string()
  .superRefine((given, context) => {
    const problem = searchProblem(given);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .meta({ maxLength: longestSearch });
