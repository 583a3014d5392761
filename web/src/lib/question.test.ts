import { beforeEach, describe, expect, test } from 'vitest';
import { areaKey, areaOf, ask, blank, filterText, follow, narrowed, params, parse, question, toggled, useRegister, write, type Question } from './question.svelte';
import { navigate, route } from './route.svelte';
import { register } from '../../dev/register';

useRegister('incident');

/** Text that would break out of a filter, an address or a page if it were not handled. */
const HOSTILE = [
  "x' OR '1'='1", "'", "''", "');DROP TABLE incident;--", '<img src=x onerror=alert(1)>', '&f.type=AC&', '#?%20+',
  '\u202Egnp.exe', 'é\u0000\n\t"\\', '${type}', ' '.repeat(50), '🕊️',
];

function full(): Question {
  return {
    register: 'site', q: 'Mopti & Gao', from: '2018-01-01', to: '2018-12-31', areas: ['1:ML05', '2:ML0503'],
    codes: { type: ['AC-CLASH', 'TE-IED'], verification: ['verified'] }, bbox: [-5, 13.5, 0.25, 17],
    order: 'oldest', selected: '01JABC', view: 'table',
  };
}

describe('the address of a question', () => {
  test('asks the same question again', () => {
    expect(parse(write(full()))).toEqual(full());
    expect(parse(write(blank('incident')))).toEqual(blank('incident'));
  });

  test('names its register, so that it means the same to everybody; an empty one means the ordinary', () => {
    expect(write(blank('incident')).toString()).toBe('register=incident');
    expect(parse(new URLSearchParams())).toEqual(blank('incident'));
  });

  test.each(HOSTILE)('keeps %j whole and in its place', (text) => {
    const asked = { ...blank('incident'), q: text, selected: text.trim() || null, codes: { type: [text] } };
    const again = parse(new URLSearchParams(write(asked).toString()));
    expect(again).toEqual(asked);
  });

  test('that is no question is left out, part by part', () => {
    const asked = parse(new URLSearchParams(
      'from=2018-13-45&to=yesterday&bbox=1,2,3&order=up&view=globe&area=ML05&area=1:ML05&f.Bad-Name=x&f.type=a&bbox=9',
    ));
    expect(asked).toEqual({ ...blank('incident'), areas: ['1:ML05'], codes: { type: ['a'] } });
  });

  test.each(['1,2,3,', 'a,b,c,d', '1,50,2,40', '-200,0,10,10', '0,-91,1,1', '1,2,3,Infinity'])('takes no box %s', (text) => {
    expect(parse(new URLSearchParams({ bbox: text })).bbox).toBeNull();
  });

  test('may have a box across the date line', () => {
    expect(parse(new URLSearchParams({ bbox: '170,-20,-170,10' })).bbox).toEqual([170, -20, -170, 10]);
  });
});

describe('the filter of a question', () => {
  test('is empty where nothing is narrowed', () => {
    expect(filterText(blank('incident'), register)).toBe('');
    expect(params(blank('incident'), register).toString()).toBe('');
  });

  test('takes any code of a field, and every field', () => {
    const asked = { ...blank('incident'), codes: { verification: ['verified'], type: ['A', 'B'] } };
    expect(filterText(asked, register)).toBe("(type IN ('A', 'B')) AND (verification IN ('verified'))");
  });

  test('asks a field of several codes whether it shares one', () => {
    const asked = { ...blank('incident'), codes: { weapons: ['rifle', 'mortar'] } };
    expect(filterText(asked, register)).toBe("A_OVERLAPS(weapons, ('rifle', 'mortar'))");
  });

  test('takes areas of any level, each by the field of its level', () => {
    const asked = { ...blank('incident'), areas: ['1:ML05', '2:ML0503', '1:ML06', '3:ML050301'] };
    expect(filterText(asked, register)).toBe("(admin1 IN ('ML05', 'ML06')) OR (admin2 IN ('ML0503'))");
  });

  test.each(HOSTILE)('keeps %j inside its quotation marks', (text) => {
    const asked = { ...blank('incident'), codes: { type: [text] } };
    const filter = filterText(asked, register);
    const literal = /^type IN \('([\s\S]*)'\)$/.exec(filter)?.[1];
    expect(literal?.replaceAll("''", '')).not.toContain("'");
    expect(literal?.replaceAll("''", "'")).toBe(text);
  });

  test('names no field that the register does not have', () => {
    const asked = { ...blank('incident'), codes: { 'x) OR (1': ['a'], gone: ['a'] } };
    expect(filterText(asked, register)).toBe('');
  });

  test('leaves out the part that a view shows whole', () => {
    const asked = { ...full(), register: 'incident' };
    expect(params(asked, register, ['datetime']).has('datetime')).toBe(false);
    expect(params(asked, register, ['bbox']).has('bbox')).toBe(false);
    expect(filterText(asked, register, ['codes.type', 'areas'])).toBe("verification IN ('verified')");
  });
});

describe('the parameters of a question', () => {
  test('are those of the interface', () => {
    const given = params({ ...full(), areas: [], codes: {} }, register);
    expect(Object.fromEntries(given)).toEqual({ q: 'Mopti & Gao', bbox: '-5,13.5,0.25,17', datetime: '2018-01-01/2018-12-31' });
  });

  test('leave an end open where no day is given', () => {
    expect(params({ ...blank('incident'), from: '2018-01-01' }, register).get('datetime')).toBe('2018-01-01/..');
    expect(params({ ...blank('incident'), to: '2018-01-01' }, register).get('datetime')).toBe('../2018-01-01');
  });

  test('have no time where the register has none', () => {
    expect(params(full(), { ...register, time_field: null }).has('datetime')).toBe(false);
  });
});

describe('asking', () => {
  beforeEach(() => {
    navigate('/', 'replace');
    follow('');
  });

  test('writes the address, and going back asks what was asked before', () => {
    ask({ codes: { type: ['AC-CLASH'] } });
    expect(location.search).toBe('?register=incident&f.type=AC-CLASH');
    ask({ q: 'well' }, 'replace');
    expect(route.search).toBe('?register=incident&q=well&f.type=AC-CLASH');
    follow('?f.type=AC-CLASH');
    expect(question).toEqual({ ...blank('incident'), codes: { type: ['AC-CLASH'] } });
  });

  test('the same again writes no step of history', () => {
    const steps = history.length;
    ask({ q: '' });
    expect(history.length).toBe(steps);
  });
});

test('what is narrowed is counted once per part', () => {
  expect(narrowed(blank('incident'))).toBe(0);
  expect(narrowed(full())).toBe(6);
  expect(narrowed({ ...blank('incident'), codes: { type: [] } })).toBe(0);
});

test('areas are written and read alike', () => {
  expect(areaOf(areaKey({ level: 2, code: 'ML:05' }))).toEqual({ level: 2, code: 'ML:05' });
  expect(areaOf('0:ML05')).toBeNull();
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  expect(toggled(['b'], 'a')).toEqual(['b', 'a']);
});
