import { describe, it } from '@jest/globals';
import { expectAgreement } from './engine-agreement.js';
describe('the two engines', () => {
    it('agree byte for byte on 200 random inputs', async () => {
        await expectAgreement(200);
    });
});
