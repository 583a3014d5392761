// What the map says in words about what it draws: for the card at the pointer and for a screen reader.

import { fieldOf, codeLabel } from '../lib/form';
import type { Register } from '../lib/types';
import { certainty, kindField, PRECISION, reach_m, VERIFICATION, type Certainty, type Measure } from './meaning';
import type { Hit } from './picture';

/** What a mark or a disc says; texts are empty where the register has nothing to say. */
export interface Told {
  id: string | null;
  /** How many records it stands for. */
  count: number;
  kind: string;
  verification: string;
  certainty: Certainty;
  figure: Figure | null;
  precision: string;
  /** How far the truth may lie from the point, in metres. */
  reach_m: number;
}

export interface Figure {
  best: number;
  /** The bounds, where they differ from the best figure. */
  low: number | null;
  high: number | null;
}

/** Puts a mark into words of the register. */
export function told(hit: Hit, register: Register, measure: Measure | null): Told {
  const label = (name: string | null): string => {
    const code = name ? hit.properties[name] : undefined;
    return name && typeof code === 'string' ? codeLabel(register, fieldOf(register.form, name), code) : '';
  };
  return {
    id: hit.id,
    count: hit.id ? 1 : (numeric(hit.properties['count']) ?? 1),
    kind: label(kindField(register)),
    verification: label(VERIFICATION),
    certainty: certainty(hit.properties[VERIFICATION]),
    figure: measure && figureOf(hit.properties, measure),
    precision: label(PRECISION),
    reach_m: reach_m(hit.properties[PRECISION]),
  };
}

/** The figure of a mark; `null` where nobody was killed, or nothing is known. */
export function figureOf(properties: Record<string, unknown>, measure: Measure): Figure | null {
  const best = numeric(properties[measure.best]) ?? 0;
  const low = bound(properties, measure.low, best);
  const high = bound(properties, measure.high, best);
  return best > 0 || (high ?? 0) > 0 ? { best, low, high } : null;
}

/** A bound that is no tighter than the best figure says nothing. Absent in a tile means zero. */
function bound(properties: Record<string, unknown>, name: string | null, best: number): number | null {
  if (!name) return null;
  const value = numeric(properties[name]) ?? 0;
  return value === best ? null : value;
}

function numeric(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
