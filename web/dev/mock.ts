// A stand-in for the node while the pages are worked on without one: `npm run mock`. Never shipped.

import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'vite';
import type { Row, ShownRecord, Values } from '../src/lib/types.ts';
import { register } from './register.ts';

const COUNT = 1234;

export function mock(): Plugin {
  return {
    name: 'casque-mock',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const answer = answers(request);
        if (answer === undefined) return next();
        response.setHeader('Content-Type', 'application/json');
        response.setHeader('ETag', '"1"');
        response.end(JSON.stringify(answer));
      });
    },
  };
}

function answers(request: IncomingMessage): unknown {
  const url = new URL(request.url ?? '/', 'http://mock');
  const parts = url.pathname.split('/').filter(Boolean);
  if (parts[0] !== 'api') return undefined;
  const [, area, name, kind, id, part] = parts;
  if (area === 'session') return SESSION;
  if (area === 'areas') return AREAS;
  if (area !== 'registers') return [];
  if (!name) return [{ name: 'incident', title: 'Incident', count: COUNT, can: register.can }];
  if (!kind) return register;
  if (kind === 'facets') return facets(url.searchParams.get('fields')?.split(',') ?? []);
  if (kind === 'timeline') return { by: 'month', buckets: [] };
  if (kind !== 'records') return [];
  if (!id) return page(url.searchParams);
  return part === 'history' ? [] : shown(id);
}

function page(given: URLSearchParams): unknown {
  const [limit, offset] = [Number(given.get('limit') ?? 100), Number(given.get('offset') ?? 0)];
  const length = Math.max(0, Math.min(limit, COUNT - offset));
  const records = Array.from({ length }, (_, index) => row(offset + index));
  return { records, matched: COUNT, returned: length, more: offset + length < COUNT };
}

function row(index: number): Row {
  return { id: `01J${index}`, conflict: index % 9 === 4, values: values(index) };
}

function values(index: number): Values {
  const day = new Date(Date.UTC(2019, 11, 31) - index * 86_400_000 * 1.7);
  return {
    occurred_at: day.toISOString(), type: index % 3 ? 'AC-CLASH' : 'TE-IED', deaths: index % 13, admin1: `ML0${1 + (index % 8)}`,
    verification: index % 4 ? 'reported' : 'verified', summary: `What happened, number ${index}: <b>as the source tells it</b>.`,
    weapons: ['rifle'], place: { type: 'Point', coordinates: [-4.2, 14.5] }, classification: index % 7 ? 'unclassified' : 'confidential',
  };
}

function shown(id: string): ShownRecord {
  const said = { user: 'amina', at: '2026-11-21T08:00:00Z' };
  return {
    id, register: 'incident', values: values(Number(id.slice(3))),
    conflicts: { deaths: [{ value: 3, entry: 'e1', ...said }, { value: 5, entry: 'e2', user: 'boris', at: '2026-11-21T09:30:00Z' }] },
    comments: [{ text: 'Seen by the patrol.', field: null, ...said }],
    attachments: [{ blob: 'ab', name: 'photo.jpg', bytes: 123_456, media_type: 'image/jpeg', ...said }],
    links: [], created: said, changed: said, batch: null, can: register.can, transitions: ['verify'],
  };
}

function facets(fields: readonly string[]): unknown {
  const count = (field: string): unknown => {
    if (field === 'admin1') return AREAS.map((area, index) => ({ code: area.code, count: 300 - index * 31 }));
    const list = Object.values(register.lists).find((codes) => codes.length > 0 && field in LISTS && codes === register.lists[LISTS[field] ?? '']);
    return (list ?? []).map((code, index) => ({ code: code.code, count: 700 - index * 150 }));
  };
  return Object.fromEntries(fields.map((field) => [field, count(field)]));
}

const LISTS: Record<string, string> = {
  type: 'type', verification: 'verification', weapons: 'weapon', classification: 'classification', ied_type: 'ied',
};
const AREAS = ['Kayes', 'Koulikoro', 'Sikasso', 'Ségou', 'Mopti', 'Tombouctou', 'Gao', 'Kidal'].map((name, index) => ({
  code: `ML0${index + 1}`, name, level: 1, parent: null, bounds: null,
}));
const SESSION = {
  user: {
    name: 'admin', display: 'Watch officer', roles: [{ name: 'administrator', title: 'System administrator' }],
    clearance: 'confidential', areas: [], compartments: [], totp: false, administers: true,
  },
  mission: {
    name: 'minusma', title: 'MINUSMA: United Nations Multidimensional Integrated Stabilization Mission in Mali', languages: ['en', 'fr'],
    bounds: [-12.3, 10.1, 4.3, 25.1], time_zone: 'Africa/Bamako', fictional: false, exercise: false, countries: ['ML'],
    roles: [{ name: 'administrator', title: 'System administrator' }],
  },
  expires: '2099-01-01T00:00:00Z', limits: { attachment_bytes: 26_214_400 },
};
