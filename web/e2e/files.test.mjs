// Files and photographs in forms: chosen, shown, sent with their record, and there for whoever reads it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asked, close, open, patrolNeeds, picture, signedIn, sound } from './browser.mjs';

before(open);
after(close);

const RECORDS = '/api/registers/patrol/records';
/** A whole photograph of one grey pixel, between what a camera writes before it and its end. */
const PIXEL = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  'base64',
);

/** A photograph with a place in its EXIF: 16.2717 north, 0.0447 west, 3 May 2019, 22:30 in UTC. */
function photograph() {
  const part = (bytes) => Buffer.from(bytes);
  const u16 = (value) => part([value >> 8, value & 255]);
  const u32 = (value) => part([value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]);
  const entry = (tag, kind, count, value) => Buffer.concat([u16(tag), u16(kind), u32(count), value]);
  const fractions = (parts) => Buffer.concat(parts.flatMap((one) => [u32(Math.round(one * 100)), u32(100)]));
  const directory = (...entries) => Buffer.concat([u16(entries.length), ...entries, u32(0)]);
  // The directories stand one behind the other, and then what they point to.
  const [first, shot, place] = [8, 8 + 30, 8 + 30 + 30];
  const texts = place + 54;
  const [taken, offset, lat, lon] = [texts, texts + 20, texts + 28, texts + 52];
  const letter = (one) => part([one.charCodeAt(0), 0, 0, 0]);
  const tiff = Buffer.concat([
    part('MM\0*'), u32(first),
    directory(entry(0x8769, 4, 1, u32(shot)), entry(0x8825, 4, 1, u32(place))),
    directory(entry(0x9003, 2, 20, u32(taken)), entry(0x9011, 2, 7, u32(offset))),
    directory(entry(1, 2, 2, letter('N')), entry(2, 5, 3, u32(lat)), entry(3, 2, 2, letter('W')), entry(4, 5, 3, u32(lon))),
    part('2019:05:03 23:30:00\0'), part('+01:00\0\0'), fractions([16, 16, 18.12]), fractions([0, 2, 40.92]),
  ]);
  const exif = Buffer.concat([part('Exif\0\0'), tiff]);
  return Buffer.concat([PIXEL.subarray(0, 2), part([0xff, 0xe1]), u16(exif.length + 2), exif, PIXEL.subarray(2)]);
}

test('a photograph goes with its record, and its place only where somebody says so', async () => {
  const page = await signedIn();
  await page.goto('/r/patrol/new');
  // Of a patrol that is only planned there is nothing to show.
  await page.locator('#field-status').selectOption('reported');
  const shot = photograph();
  await page.locator('#field-photo').setInputFiles({ name: 'well at dawn.jpg', mimeType: 'image/jpeg', buffer: shot });
  await page.getByText('well at dawn.jpg is kept in this browser').waitFor({ state: 'attached' });
  await page.getByText('2019-05-03 22:30Z').waitFor();
  await page.getByText('16.27170° N, 0.04470° W').waitFor();
  await page.getByRole('img', { name: 'Picture of well at dawn.jpg' }).waitFor();
  await page.locator('#field-files').setInputFiles([
    { name: 'orders.txt', mimeType: 'text/plain', buffer: Buffer.from('orders') },
    { name: 'not a picture.png', mimeType: 'image/png', buffer: Buffer.from('text') },
  ]);
  await page.getByText('not a picture.png is kept in this browser').waitFor({ state: 'attached' });
  await sound(page, 'form with files');
  await page.locator('#field-photo').scrollIntoViewIfNeeded();
  await picture(page, 'form-files');
  await page.reload();
  await page.getByRole('img', { name: 'Picture of well at dawn.jpg' }).waitFor();
  await patrolNeeds(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/\/r\/patrol\/(?!new)[^/]+$/);
  await page.getByText('Not all of its files were taken').waitFor();
  await page.getByText('not a picture.png').first().waitFor();
  await sound(page, 'record with a file that was not taken');
  await picture(page, 'record-file-refused');
  const id = new URL(page.url()).pathname.split('/').pop();
  const record = await asked(page, `${RECORDS}/${id}`);
  const names = record.attachments.map(({ name, field }) => `${name} ${field ?? ''}`.trim()).sort();
  assert.deepEqual(names, ['orders.txt', 'well at dawn.jpg photo']);
  const photo = record.attachments.find(({ field }) => field === 'photo');
  assert.equal(photo.blob, record.values.photo, 'the record names its file');
  await page.getByRole('button', { name: 'Throw away what was not taken' }).click();
  await page.getByRole('button', { name: 'Yes, throw it away' }).click();
  await page.getByText('Not all of its files were taken').waitFor({ state: 'detached' });
});

test('files are dropped on the form, and one that is too large is refused before anything is sent', async () => {
  const page = await signedIn();
  await page.goto('/r/patrol/new');
  await page.locator('#field-files').waitFor();
  const transfer = await page.evaluateHandle(() => {
    const held = new DataTransfer();
    held.items.add(new File(['x'], 'dropped.txt', { type: 'text/plain' }));
    held.items.add(new File([new Uint8Array(25 * 1024 * 1024 + 1)], 'large.bin'));
    return held;
  });
  await page.locator('.files').last().dispatchEvent('drop', { dataTransfer: transfer });
  await page.locator('strong', { hasText: 'dropped.txt' }).waitFor();
  await page.getByText(/large.bin has .* Files of up to .* are taken/).waitFor();
  assert.equal(await page.locator('strong', { hasText: 'large.bin' }).count(), 0);
});

test('fingers meet nothing that is smaller than they are', async () => {
  const page = await signedIn({ touch: true, screen: { width: 412, height: 915 } });
  await page.goto('/r/patrol/new');
  await page.locator('#field-status').selectOption('reported');
  await page.locator('#field-photo').waitFor();
  await page.getByText('Take a photo').waitFor();
  const small = await page.evaluate(() => [...document.querySelectorAll('main :is(button, select, textarea, input:not([type=checkbox], [type=radio], .unseen))')]
    .map((one) => [one.id || one.textContent, one.getBoundingClientRect().height])
    .filter(([, height]) => height > 0 && height < 44));
  assert.deepEqual(small, []);
  await sound(page, 'form under fingers');
  await picture(page, 'form-touch');
});
