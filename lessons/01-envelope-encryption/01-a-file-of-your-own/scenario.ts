import type { Scenario } from '../../../src/lib/lesson/model.ts';

/**
 * The lesson begins in a cloud as it is founded: its principals, and not one key. A cloud that has been used
 * serves as well, since everything here hangs on one alias.
 */
export const scenario: Scenario = {
  alias: 'alias/envelope-lesson',
  learner: 'Ada',
  principals: ['Ada', 'FileVault', 'Mallory'],
  region: 'us-east-1',
};
