// The colours of the map in bright and in poor light. Meaning never hangs on them alone: what is
// known of a record is in the shape and in the text as well.

export interface Palette {
  sea: string;
  land: string;
  /** Land of other countries than the mission's. */
  landAround: string;
  water: string;
  river: string;
  boundary: string;
  admin: string;
  ink: string;
  inkSoft: string;
  inkWater: string;
  halo: string;
  /** Marks of records, and what is written on them. */
  record: string;
  recordInk: string;
  recordHalo: string;
  refuted: string;
  chosen: string;
  /** What lies outside of the area searched. */
  veil: string;
}

const LIGHT: Palette = {
  sea: '#cbd9e4',
  land: '#fbfaf6',
  landAround: '#eceae4',
  water: '#b9cfdf',
  river: '#6f9fc4',
  boundary: '#6d6672',
  admin: '#a59dab',
  ink: '#26303b',
  inkSoft: '#535e6a',
  inkWater: '#2f6186',
  halo: '#fbfaf6',
  record: '#a3330c',
  recordInk: '#ffffff',
  recordHalo: '#ffffff',
  refuted: '#6b6f76',
  chosen: '#0b5cad',
  veil: '#5b6570',
};

const DARK: Palette = {
  sea: '#0d1720',
  land: '#222a33',
  landAround: '#181f27',
  water: '#12283a',
  river: '#417094',
  boundary: '#8e98a4',
  admin: '#56616e',
  ink: '#dde4ec',
  inkSoft: '#a9b4c1',
  inkWater: '#7fb0d3',
  halo: '#12181f',
  record: '#f59a6c',
  recordInk: '#1a0d06',
  recordHalo: '#12181f',
  refuted: '#98a1ab',
  chosen: '#7cb6f2',
  veil: '#000000',
};

/** The colours of a look. */
export function paletteOf(isDark: boolean): Palette {
  return isDark ? DARK : LIGHT;
}
