import { expect, test } from 'vitest';
import { geometryOf, length_m, readShape, shapeText, surface_m2, writeShape } from './shapes';

const LINE = '16.2717 -0.0447\n16.5 -0.1';

test('corners are read by degrees, as ODK writes them, and by grid', () => {
  const line = [{ lat: 16.2717, lon: -0.0447 }, { lat: 16.5, lon: -0.1 }];
  for (const text of [LINE, '16.2717, -0.0447;16.5, -0.1', ' 16.2717 -0.0447 0 0; 16.5 -0.1 210.5 4 ;', `\n${LINE}\n\n`]) {
    expect(readShape('line', text), text).toEqual({ corners: line, wrong: null, isElaborate: false });
  }
  const [corner] = readShape('line', '30Q ZD 15880 01273').corners;
  expect(corner?.lat).toBeCloseTo(16.27169, 4);
  expect(corner?.lon).toBeCloseTo(-0.04472, 3);
});

test('what is no place is named, and sent as it was typed', () => {
  expect(readShape('line', `${LINE}\nbehind the well`).wrong).toBe('behind the well');
  expect(readShape('line', '91 0').wrong).toBe('91 0');
  expect(geometryOf('line', `${LINE}\nbehind the well`)).toBeNull();
  expect(geometryOf('line', '16 0')).toBeNull();
  expect(geometryOf('area', LINE)).toBeNull();
});

test('text and geometry are each other', () => {
  const line = { type: 'LineString' as const, coordinates: [[-0.0447, 16.2717], [-0.1, 16.5]] };
  expect(geometryOf('line', LINE)).toEqual(line);
  expect(shapeText(line)).toBe(LINE);
  const area = { type: 'Polygon' as const, coordinates: [[[0, 16], [1, 16], [1, 17], [0, 16]]] };
  expect(shapeText(area)).toBe('16 0\n16 1\n17 1');
  expect(geometryOf('area', '16 0;16 1;17 1')).toEqual(area);
  expect(geometryOf('area', '16 0;16 1;17 1;16 0'), 'closed by hand').toEqual(area);
  expect(geometryOf('area', JSON.stringify(area))).toEqual(area);
  expect(writeShape([{ lat: 1 / 3, lon: 1e-9 }])).toBe('0.3333333 0');
});

test('areas with holes are kept as they are and not drawn on', () => {
  const holed = { type: 'Polygon' as const, coordinates: [[[0, 0], [9, 0], [9, 9], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 1]]] };
  expect(shapeText(holed)).toBe(JSON.stringify(holed));
  expect(readShape('area', JSON.stringify(holed))).toEqual({ corners: [], wrong: null, isElaborate: true });
  expect(readShape('line', '{"type":"Line').wrong).toBe('{"type":"Line');
});

test('a degree is about 111 km long and a square of them 12,300 square kilometres large', () => {
  const square = [{ lat: 0, lon: 0 }, { lat: 0, lon: 1 }, { lat: 1, lon: 1 }, { lat: 1, lon: 0 }];
  expect(length_m('line', square.slice(0, 2)) / 1000).toBeCloseTo(111.195, 2);
  expect(length_m('area', square) / 1000).toBeCloseTo(444.76, 1);
  expect(surface_m2(square) / 1e6).toBeCloseTo(12_364, -1);
  expect(surface_m2([...square].reverse())).toBeCloseTo(surface_m2(square), 3);
});
