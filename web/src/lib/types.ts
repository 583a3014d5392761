// What the node's HTTP interface sends and takes, as far as the pages look at it.

import type { TellsCamera } from './camera';

/** A value as `exchange::json` writes it: text, number, yes/no, codes, a GeoJSON geometry, or the rows of a repeat. */
export type Value = string | number | boolean | string[] | Geometry | RowValues[] | null;
/** What stands in one row of a repeat. */
export interface RowValues {
  [name: string]: Value;
}
export type Values = Record<string, Value>;

export interface Geometry {
  type: 'Point' | 'LineString' | 'Polygon' | 'MultiPolygon';
  coordinates: unknown[];
}

/** What somebody said a field is; without its value where it lies in a compartment of others. */
export type Said = Value | { sealed: string };

/** West, south, east, north in degrees. */
export type Bounds = [number, number, number, number];

export interface Session {
  user: {
    name: string;
    display: string | null;
    roles: { name: string; title: string }[];
    clearance: string;
    areas: string[];
    compartments: string[];
    totp: boolean;
    administers: boolean;
  };
  mission: {
    name: string;
    title: string;
    languages: string[];
    bounds: Bounds | null;
    time_zone: string;
    fictional: boolean;
    exercise: boolean;
    /** How far the exercise is loaded, and how far its time is from the real one. */
    exercise_loaded?: { name: string; title: string; day: number; now: string; offset_ms: number } | null;
    countries: string[];
    roles: { name: string; title: string }[];
  };
  /** When the session ends at the latest, RFC 3339. */
  expires: string;
  limits: { attachment_bytes: number };
}

export type Right =
  | 'read' | 'export' | 'create' | 'edit' | 'transition' | 'comment' | 'settle' | 'attach' | 'delete';
export type Rights = Partial<Record<Right, boolean>>;

export interface RegisterSummary {
  name: string;
  title: string;
  count: number;
  can: Rights;
}

/** The codes of `model::value::FieldType`. */
export type FieldType =
  | 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'time' | 'code' | 'codes'
  | 'point' | 'line' | 'area' | 'record' | 'blob' | 'rows';

export interface Field {
  kind: 'field';
  name: string;
  label: string;
  hint: string | null;
  type: FieldType;
  /** The type as the form's sheet has it: `image`, `audio`, `geotrace`. */
  question?: string;
  required: boolean;
  list: string | null;
  appearance: string | null;
  default: Value;
  /** An XPath condition on other answers, such as `${type} = 'TE-IED'`. */
  relevant: string | null;
  /** A condition on the answer, and what is said where it does not hold. */
  constraint?: string | null;
  constraint_message?: string | null;
  /** What the answer is computed from. */
  calculation?: string | null;
  /** A condition on the codes that are offered. */
  choice_filter?: string | null;
  read_only: boolean;
  /** The compartment that alone may read it. */
  sealed?: string | null;
  /** Whether the person may fill it in and not read it back. */
  closed?: boolean;
  /** The columns of a repeat. */
  fields?: Item[];
}

export interface Group {
  kind: 'group';
  name: string;
  label: string;
  /** When its fields are asked. */
  relevant?: string | null;
  children: Item[];
}

export type Item = Field | Group;

export interface Code {
  code: string;
  label: string;
  definition: string | null;
  parent?: string | null;
  retired: boolean;
}

export interface Transition {
  name: string;
  label: string;
  from: string[];
  to: string;
  requires: string[];
  /** Whether whoever does it must say why. */
  reason?: boolean;
  /** The roles that alone may do it; none where the right to move records is enough. */
  roles?: string[];
}

/** How long records may stand in some states. */
export interface Deadline {
  name: string;
  label: string | null;
  states: string[];
  /** `30m`, `2h`, `10d`, or `4mo` for months of the calendar. */
  within: string;
  /** Null for months. */
  within_s: number | null;
}

/** The deadline that runs for a record. */
export interface Running {
  state: string;
  deadline: string;
  entered: string;
  due: string;
  overdue: boolean;
  escalated_to: string[];
}

/** A record that stands in its state for longer than its deadline allows. */
export interface Overdue {
  register: string;
  record: string;
  title: string | null;
  state: string;
  deadline: string;
  due: string;
  overdue_s: number;
  escalated_to: string[];
  area: string | null;
}

export interface Register {
  name: string;
  title: string;
  time_field: string | null;
  place_field: string | null;
  title_field: string | null;
  area_fields: string[];
  list_columns: string[];
  search_fields: string[];
  classification: string;
  can: Rights;
  form: Item[];
  lists: Record<string, Code[]>;
  workflow: { name: string; field: string; start?: string; transitions: Transition[]; deadlines?: Deadline[] } | null;
  /** The fields whose sums are kept ready. */
  sums: string[];
}

export interface Row {
  id: string;
  conflict: boolean;
  values: Values;
}

export interface Page {
  records: Row[];
  /** How many there are in all; only when it was asked for. */
  matched?: number;
  returned: number;
  more: boolean;
}

/** What is wrong with something a person gave. */
export interface Finding {
  code: string;
  severity?: 'error' | 'warning';
  /** The field it is about. */
  column?: string | null;
  text?: string;
  fix?: string | null;
}

export interface FacetCount {
  code: string | null;
  count: number;
}
export type Facets = Record<string, FacetCount[]>;

export interface Bucket {
  /** A day, a month or a year: `2018-03`. */
  at: string;
  count: number;
  sums: Record<string, number>;
}

export interface Area {
  code: string;
  name: string;
  level: number;
  parent: string | null;
  bounds: Bounds | null;
}

/** A value that others do not know of, beside them: they did not see each other. */
export interface Concurrent {
  value: Said;
  entry: string;
  user: string;
  at: string;
}

export interface RecordComment {
  text: string;
  field: string | null;
  user: string;
  at: string;
}

export interface Attachment {
  blob: string;
  name: string;
  bytes: number;
  media_type: string;
  /** The record it hangs on, where that was merged into the one it is shown with. */
  record?: string;
  /** What its camera claims, where it is a photograph. */
  camera?: TellsCamera | null;
  field?: string | null;
  user?: string;
  at?: string;
}

export interface Moment {
  at: string;
  user: string;
}

/** One record whole. */
export interface ShownRecord {
  id: string;
  register: string;
  version?: string;
  deleted?: boolean;
  /** Whether another record holds on in its place. */
  is_merged?: boolean;
  merged_into?: string | null;
  /** Somebody changed it without knowing that it had been merged. */
  edited_after_merge?: boolean;
  /** The records that were merged into it. */
  merged?: { id: string; title: string | null; at: string | null; user: string | null; reason: string | null }[];
  values: Values;
  conflicts: Record<string, Concurrent[]>;
  comments: RecordComment[];
  attachments: Attachment[];
  links: { relation: string; target: string }[];
  created: Moment | null;
  changed: Moment | null;
  batch: { id: string; file?: string; mapping?: string; importer?: string; at?: string } | null;
  can: Rights;
  /** The steps of the workflow that lead on from here. */
  transitions?: string[];
  clock?: Running | null;
}

/** One entry of a record's history. */
export interface Step {
  entry: string;
  at: string;
  act: string;
  user?: string;
  reason?: string | null;
  batch?: string | null;
  detail?: unknown;
}
