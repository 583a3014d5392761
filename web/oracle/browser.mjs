// What a browser has and Node has not: @getodk/xforms-engine is made for browsers. It must be loaded
// before the engine is, so it is given to Node with --import.

import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!doctype html>', { url: 'http://localhost/' });
globalThis.window = window;
for (const name of [
  'document', 'DOMParser', 'XMLSerializer', 'Node', 'Element', 'Attr', 'Text', 'Comment', 'Document',
  'XMLDocument', 'HTMLElement', 'NodeFilter', 'XPathResult', 'File', 'FormData', 'Blob',
]) {
  globalThis[name] = window[name];
}
// The parser within the engine would read files where it believes to be in Node.
const { node: _node, ...versions } = process.versions;
Object.defineProperty(process, 'versions', { value: versions });
