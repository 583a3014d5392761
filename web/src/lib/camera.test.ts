import { expect, test } from 'vitest';
import { photo } from '../../dev/photo';
import { cameraOf } from './camera';

const claims = (bytes: Uint8Array<ArrayBuffer>): ReturnType<typeof cameraOf> => cameraOf(new Blob([bytes]));
const SHOT = { taken: '2019:05:03 23:30:00', offset: '+01:00', lat: [16, 16, 18.12], lon: [0, 2, 40.92], west: true } as const;
const whole = (isLittle: boolean): Uint8Array<ArrayBuffer> => photo({ ...SHOT, lat: [...SHOT.lat], lon: [...SHOT.lon], isLittle });

test.each([true, false])('time, offset and place are read in either order of bytes', async (isLittle) => {
  expect(await claims(whole(isLittle))).toEqual({ taken: '2019-05-03T23:30:00', offset: '+01:00', lat: 16.2717, lon: -0.0447 });
});

test('what is no claim is none', async () => {
  expect(await claims(photo({}))).toBeNull();
  expect(await claims(photo({ taken: '0000:00:00 00:00:00' }))).toBeNull();
  expect(await claims(photo({ taken: '2019:13:40 99:00:00' }))).toBeNull();
  expect(await claims(photo({ lat: [0, 0, 0], lon: [0, 0, 0] }))).toBeNull();
  expect(await claims(photo({ lat: [91, 0, 0], lon: [0, 0, 1] }))).toBeNull();
  expect(await claims(new TextEncoder().encode('no photograph at all'))).toBeNull();
});

test('a photograph that is cut off or damaged anywhere is read or left, and never fails', async () => {
  const bytes = whole(false);
  for (let length = 0; length < bytes.length; length += 1) await claims(bytes.slice(0, length));
  for (let at = 0; at < bytes.length; at += 1) {
    const damaged = bytes.slice();
    damaged[at] = 255;
    const camera = await claims(damaged);
    if (camera?.lat !== undefined) expect(Math.abs(camera.lat)).toBeLessThanOrEqual(90);
  }
});
