// Set-up of every test: on a loaded machine things take as long as they take. Waiting ends when what
// is waited for is there; the limits only end a test that hangs.

import { configure } from '@testing-library/svelte';

configure({ asyncUtilTimeout: 30_000 });
