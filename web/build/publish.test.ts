import { expect, test } from 'vitest';
import { filledIn, publicFiles, reached, type Chunk } from './publish.ts';
import { plainMessages } from './words.ts';

function chunk(fileName: string, more: Partial<Chunk> = {}): Chunk {
  return { fileName, code: '', imports: [], css: [], modules: [], page: null, ...more };
}

const CHUNKS = [
  chunk('sign-in.js', { page: 'sign-in.html', imports: ['shared.js'], css: ['sign-in.css', 'theme.css'] }),
  chunk('index.js', { page: 'index.html', imports: ['shared.js', 'svelte.js'], css: ['theme.css'] }),
  chunk('shared.js', { imports: ['sign-in.js'] }),
  chunk('svelte.js'),
  chunk('map.js', { modules: ['src/map/PictureMap.svelte'], imports: ['maplibre.js'] }),
  chunk('maplibre.js'),
  chunk('users.js', { modules: ['src/pages/users/UsersPage.svelte'] }),
];

test('only what sign-in needs is public', () => {
  expect(publicFiles(CHUNKS)).toEqual(['shared.js', 'sign-in.css', 'sign-in.js', 'theme.css']);
});

test('a budget counts what a page loads and what it is told to, with everything they import', () => {
  const budget = { name: '', entry: 'index.html', also: ['src/map/'], workers: true, bytes: 0 };
  const names = reached(CHUNKS, budget).map((one) => one.fileName).sort();
  expect(names).toEqual(['index.js', 'map.js', 'maplibre.js', 'shared.js', 'sign-in.js', 'svelte.js']);
});

test('the words of the sign-in page are plain', () => {
  const catalogue = 'sign-in-name = User name\nother = x\nsign-in-code = Code\n';
  expect(plainMessages(catalogue, 'sign-in-')).toEqual({ name: 'User name', code: 'Code' });
  expect(() => plainMessages('sign-in-x = { $y }\n', 'sign-in-')).toThrow(/sign-in-x/);
});

test('the service worker is told what the application needs and where it begins', () => {
  const page = '<script type="module" crossorigin src="/assets/index-1.js"></script>';
  const names = ['/assets/index-1.js', '/assets/sign-in-2.js', '/assets/font.woff2'];
  const told = 'const { entry, files } = {"entry":"/assets/index-1.js","files":["/assets/font.woff2","/assets/index-1.js"]};';
  expect(filledIn('const { entry, files } = __CASQUE_FILES__;', page, names)).toBe(told);
  expect(() => filledIn('', page, names)).toThrow();
  expect(() => filledIn('__CASQUE_FILES__', '<p>', names)).toThrow();
});
