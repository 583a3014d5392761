// Asks @getodk/xforms-engine what expressions come to: one XForm with a calculation for each.

import { createInstance } from '@getodk/xforms-engine';

import { CHOICES, COLUMNS, QUESTIONS } from './generate.mjs';

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** `${name}` as paths, the way pyxform writes them. */
export function paths(expression, inRow) {
  const column = (name) => COLUMNS.some((known) => known.name === name);
  const outer = (name) => `/data/${name}`;
  const path = (name) => {
    if (!column(name)) return outer(name);
    return inRow ? `../${name}` : `/data/row/${name}`;
  };
  // Within indexed-repeat every row is meant.
  const everywhere = expression.replaceAll(/indexed-repeat\(\$\{(\w+)\}, \$\{row\}/g, 'indexed-repeat(/data/row/$1, /data/row');
  return everywhere.replaceAll(/\$\{(\w+)\}/g, (_all, name) => path(name));
}

function xform(answers, cases, rowCases) {
  const calculations = (list, prefix) => list.map((_case, place) => `<${prefix}${place}/>`).join('');
  const questions = QUESTIONS.map(({ name }) => `<${name}>${escaped(answers[name])}</${name}>`).join('');
  const row = (given) =>
    `<row>${COLUMNS.map(({ name }) => `<${name}>${escaped(given[name])}</${name}>`).join('')}${calculations(rowCases, 'r')}</row>`;
  const blank = Object.fromEntries(COLUMNS.map(({ name }) => [name, '']));
  const rows = answers.rows.map(row).join('');
  const template = row(blank).replace('<row>', '<row jr:template="">');
  const binds = [
    ...QUESTIONS.map(({ name, bind }) => `<bind nodeset="/data/${name}" type="${bind}"/>`),
    ...COLUMNS.map(({ name, bind }) => `<bind nodeset="/data/row/${name}" type="${bind}"/>`),
    ...cases.map((text, place) => `<bind nodeset="/data/c${place}" type="string" calculate="${escaped(paths(text, false))}"/>`),
    ...rowCases.map((text, place) => `<bind nodeset="/data/row/r${place}" type="string" calculate="${escaped(paths(text, true))}"/>`),
  ];
  const items = CHOICES.map((choice) => `<item>${Object.entries(choice).map(([key, text]) => `<${key}>${text}</${key}>`).join('')}</item>`);
  const select = (name, tag) =>
    `<${tag} ref="/data/${name}"><label>${name}</label><itemset nodeset="instance('town')/root/item"><value ref="name"/><label ref="label"/></itemset></${tag}>`;
  return `<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>oracle</h:title><model><instance><data id="oracle">${questions}${template}${rows}${calculations(cases, 'c')}</data></instance>
<instance id="town"><root>${items.join('')}</root></instance>${binds.join('')}</model></h:head>
<h:body>${select('one', 'select1')}${select('many', 'select')}<group ref="/data/row"><label>row</label><repeat nodeset="/data/row"><input ref="/data/row/label"><label>label</label></input></repeat></group></h:body></h:html>`;
}

/** What each expression comes to, those of rows once for each row. */
export async function evaluate(answers, cases, rowCases) {
  const form = await createInstance(xform(answers, cases, rowCases), {});
  const payload = await form.root.prepareInstancePayload({ payloadType: 'monolithic' });
  const xml = await payload.data[0].get('xml_submission_file').text();
  const root = new DOMParser().parseFromString(xml, 'text/xml').documentElement;
  const child = (parent, name) => [...parent.children].find((node) => node.localName === name)?.textContent ?? '';
  const rows = [...root.children].filter((node) => node.localName === 'row');
  return {
    values: cases.map((_text, place) => child(root, `c${place}`)),
    rowValues: rowCases.map((_text, place) => rows.map((node) => child(node, `r${place}`))),
  };
}
