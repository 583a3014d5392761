// A register as the node describes one, small, with a field of every type: for tests and for the
// stand-in server. Never shipped.

import type { Field, FieldType, Item, Register } from '../src/lib/types';

function field(name: string, label: string, type: FieldType, more: Partial<Field> = {}): Field {
  return {
    kind: 'field', name, label, hint: null, type, required: false, list: null, appearance: null,
    default: null, relevant: null, read_only: false, ...more,
  };
}

function group(name: string, label: string, ...children: Item[]): Item {
  return { kind: 'group', name, label, children };
}

function code(name: string, label: string): { code: string; label: string; definition: null; retired: boolean } {
  return { code: name, label, definition: null, retired: false };
}

export const register: Register = {
  name: 'incident',
  title: 'Incident',
  time_field: 'occurred_at',
  place_field: 'place',
  title_field: 'summary',
  area_fields: ['admin1', 'admin2'],
  list_columns: ['occurred_at', 'type', 'admin1', 'deaths', 'verification'],
  search_fields: ['summary'],
  classification: 'unclassified',
  can: { read: true, export: true, create: true, edit: true, transition: true, comment: true, settle: true, attach: true, delete: true },
  form: [
    group('what', 'What',
      field('type', 'Type', 'code', { list: 'type', required: true }),
      field('summary', 'Summary', 'text', { appearance: 'multiline', hint: 'Facts only.' }),
      field('ied_type', 'Kind of IED', 'code', { list: 'ied', relevant: "${type} = 'TE-IED' or ${type} = 'TE-FIND'" }),
      field('weapons', 'Weapons', 'codes', { list: 'weapon' })),
    group('when', 'When',
      field('occurred_at', 'Occurred at', 'time', { required: true }),
      field('verified_on', 'Verified on', 'date')),
    group('where', 'Where',
      field('place', 'Place', 'point'), field('track', 'Track', 'line'),
      field('admin1', 'Region', 'text'), field('admin2', 'District', 'text')),
    group('effects', 'Effects',
      field('deaths', 'Deaths', 'integer'), field('cost', 'Cost', 'decimal'), field('confirmed', 'Confirmed', 'boolean'),
      field('victims', 'Victims', 'rows', { fields: [
        field('name', 'Name', 'text', { required: true }),
        field('age', 'Age', 'integer', { constraint: '. >= 0 and . <= 120', constraint_message: 'Nobody is that old.' }),
        field('guardian', 'Guardian', 'text', { relevant: '${age} < 18' }),
        field('count', 'Persons', 'integer', { default: 1 }),
      ] }),
      field('victims_count', 'Number of victims', 'integer', { calculation: 'count(${victims})', read_only: true }),
      field('victims_age', 'Years of all victims', 'integer', { calculation: 'sum(${age})', read_only: true, relevant: '${victims_count} > 1' })),
    group('handling', 'Handling',
      field('verification', 'Verification', 'code', { list: 'verification', default: 'reported' }),
      field('classification', 'Classification', 'code', { list: 'classification' }),
      field('source_identity', 'Who told it', 'text', { sealed: 'source-protected', closed: true }),
      field('photo', 'Photograph', 'blob', { question: 'image' }),
      field('duplicate_of', 'Duplicate of', 'record'),
      field('source_id', 'Identifier in the source', 'text', { read_only: true })),
  ],
  lists: {
    type: [code('AC-CLASH', 'Armed clash'), code('TE-IED', 'Improvised explosive device'), { ...code('OLD', 'Old type'), retired: true }],
    ied: [code('vehicle', 'In a vehicle')],
    weapon: [code('rifle', 'Rifle'), code('mortar', 'Mortar')],
    verification: [code('reported', 'Reported'), code('verified', 'Verified')],
    classification: [code('unclassified', 'Unclassified'), code('confidential', 'Confidential')],
  },
  workflow: {
    name: 'verification', field: 'verification',
    transitions: [{ name: 'verify', label: 'Confirm as verified', from: ['reported'], to: 'verified', requires: ['verified_on'], reason: true }],
  },
  sums: ['deaths'],
};
