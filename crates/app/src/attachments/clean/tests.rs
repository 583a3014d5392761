//! What goes, what stays, and that what is left is a file of its kind.

use super::*;

const SECRET: &[u8] = b"16 16 N 0 3 W";

fn joined(content: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    for piece in pieces(content).ok()? {
        match piece {
            Piece::Kept(stretch) => whole.extend_from_slice(&content[stretch]),
            Piece::Made(bytes) => whole.extend(bytes),
        }
    }
    Some(whole)
}

fn tells_secret(content: &[u8]) -> bool {
    content.windows(SECRET.len()).any(|window| window == SECRET)
}

fn segment(mark: u8, inner: &[u8]) -> Vec<u8> {
    let length = u16::try_from(inner.len() + 2).expect("short").to_be_bytes();
    [&[0xff, mark], length.as_slice(), inner].concat()
}

/// A picture of two scans, with restart marks and escaped bytes in them.
fn picture() -> Vec<u8> {
    let scan = [segment(0xda, b"\x01\x01\0\0\x3f\0"), b"ab\xff\0c\xff\xd0d".to_vec()].concat();
    [segment(0xdb, b"table"), segment(0xc2, b"frame"), scan.clone(), segment(0xc4, b"codes"), scan]
        .concat()
}

fn photo(orientation: u8) -> Vec<u8> {
    let turned = [
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(),
        &[orientation],
        b"\0\0\0\0\0\0",
        SECRET,
    ];
    [
        b"\xff\xd8".to_vec(),
        segment(0xe0, &[b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x04".as_slice(), SECRET].concat()),
        // A byte that fills up space.
        b"\xff".to_vec(),
        segment(0xe1, &turned.concat()),
        segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0".as_slice(), SECRET].concat()),
        segment(0xe2, b"ICC_PROFILE\0colours"),
        segment(0xe2, &[b"MPF\0".as_slice(), SECRET].concat()),
        segment(0xed, SECRET),
        segment(0xee, &[b"Adobe\0\x64\0\0\0\0\x01".as_slice(), SECRET].concat()),
        segment(0xfe, SECRET),
        segment(0xf0, SECRET),
        segment(0x02, SECRET),
        picture(),
        b"\xff\xd9".to_vec(),
        SECRET.to_vec(),
    ]
    .concat()
}

#[test]
fn of_a_photo_the_picture_is_left_with_its_colours_and_the_way_it_is_turned() {
    let clean = joined(&photo(6)).expect("a photo");
    assert!(!tells_secret(&clean));
    assert_eq!(Camera::of(&clean).and_then(|camera| camera.orientation), Some(6));
    let rest = [
        segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"),
        segment(0xe2, b"ICC_PROFILE\0colours"),
        segment(0xee, b"Adobe\0\x64\0\0\0\0\x01"),
        picture(),
        b"\xff\xd9".to_vec(),
    ]
    .concat();
    assert!(clean.ends_with(&rest));
    let upright = joined(&photo(1)).expect("a photo");
    assert_eq!(upright, [b"\xff\xd8".as_slice(), &rest].concat());
    assert_eq!(joined(&clean), Some(clean.clone()), "clean stays clean");
}

#[test]
fn a_photo_that_is_cut_shows_what_there_is_or_is_not_given_out() {
    let whole = photo(6);
    for end in 2..whole.len() {
        if let Some(clean) = joined(&whole[..end]) {
            assert!(!tells_secret(&clean), "{end}");
        }
    }
    for remark in [&b"Exif\0\0"[..], b"", b"SEFT"] {
        let broken = [b"\xff\xd8", b"\xff\xe1\xff\xff".as_slice(), remark, SECRET].concat();
        assert_eq!(joined(&broken), None);
    }
}

#[test]
fn of_a_png_remarks_go_and_frames_stay() {
    let chunk = |name: &[u8], inner: &[u8]| {
        let length = u32::try_from(inner.len()).expect("short").to_be_bytes();
        [length.as_slice(), name, inner, b"sum!"].concat()
    };
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    let stays = [
        chunk(b"IHDR", b"size"),
        chunk(b"sRGB", b"0"),
        chunk(b"IDAT", b"data"),
        chunk(b"IEND", b""),
    ];
    let [head, colours, data, end] = stays.clone();
    let whole = [
        signature.clone(),
        head,
        chunk(b"eXIf", SECRET),
        chunk(b"tEXt", SECRET),
        chunk(b"iTXt", SECRET),
        chunk(b"zTXt", SECRET),
        chunk(b"tIME", SECRET),
        chunk(b"newS", SECRET),
        chunk(b"NEWS", SECRET),
        colours,
        data,
        end,
        SECRET.to_vec(),
    ]
    .concat();
    assert_eq!(joined(&whole), Some([signature, stays.concat()].concat()));
    assert_eq!(joined(&whole[..60]), None);
}

#[test]
fn of_a_webp_remarks_go_and_its_head_says_so() {
    let chunk = |name: &[u8], inner: &[u8]| {
        let length = u32::try_from(inner.len()).expect("short").to_le_bytes();
        [name, length.as_slice(), inner, &vec![0; inner.len() % 2]].concat()
    };
    let file = |chunks: &[Vec<u8>]| {
        let inner = [b"WEBP".to_vec(), chunks.concat()].concat();
        let length = u32::try_from(inner.len()).expect("short").to_le_bytes();
        [b"RIFF".to_vec(), length.to_vec(), inner].concat()
    };
    let extended = |marks: u8| chunk(b"VP8X", &[marks, 0, 0, 0, 1, 0, 0, 1, 0, 0]);
    let picture = chunk(b"VP8L", b"odd");
    let whole =
        file(&[extended(0x2c), picture.clone(), chunk(b"EXIF", SECRET), chunk(b"XMP ", SECRET)]);
    let clean = file(&[extended(0x20), picture]);
    assert_eq!(joined(&[whole.clone(), SECRET.to_vec()].concat()), Some(clean));
    assert_eq!(joined(&whole[..whole.len() - 4]), None);
}

#[test]
fn films_and_other_pictures_that_tell_are_not_given_out_and_other_files_are_whole() {
    for tells in [
        &b"\0\0\0\x18ftypmp42....moov\xa9xyz+16.2-003.0/"[..],
        b"\0\0\0\x18mdatfilm....moov\xa9xyz+16.2-003.0/",
        b"\0\0\0\x18ftypmp42....uuid<x exif:GPSLatitude='16,16N'/>",
        b"\0\0\0\x18ftypheic....<x xmlns:exif='http://ns.adobe.com/exif/1.0/'/>",
        b"GIF89a....!\xff\x0bXMP DataXMP<x xmlns:exif='http://ns.adobe.com/exif/1.0/'/>",
        // A time that is no camera's: 2018:03:01 14:30:00 at 26.
        b"II*\0\x08\0\0\0\x01\0\x32\x01\x02\0\x14\0\0\0\x1a\0\0\0\0\0\0\x002018:03:01 14:30:00\0",
    ] {
        assert_eq!(joined(tells), None, "{}", String::from_utf8_lossy(tells));
    }
    for other in [
        &b"\0\0\0\x18ftypmp42....moov"[..],
        b"GIF89a....",
        b"%PDF-1.7 loci ns.adobe.com",
        b"",
        b"plain",
    ] {
        assert_eq!(joined(other).as_deref(), Some(other));
    }
}

proptest::proptest! {
    #[test]
    fn no_content_makes_it_fail(start in 0..5_usize, rest: Vec<u8>) {
        let starts: [&[u8]; 5] = [b"\xff\xd8\xff\xe1\0\x20Exif\0\0MM\0*", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBP", b"II*\0", b""];
        let content = [starts[start], &rest].concat();
        if let Some(clean) = joined(&content) {
            proptest::prop_assert_eq!(joined(&clean), Some(clean));
        }
    }
}
