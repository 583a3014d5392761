//! Tables with HXL hashtags: where the row of hashtags is, what columns are called, what is refused.

use super::*;

fn tagged(text: &str) -> String {
    shown(Format::Csv, text.as_bytes(), &Options::of("file").by_hashtags())
}

#[test]
fn the_row_of_hashtags_is_found_below_titles_and_headings_or_above_all() {
    assert_eq!(
        tagged("Mali 5W\n\nOrg,Région\n#org,#adm1 +Name\nACF,Gao\n"),
        "#org|#adm1+name\n5: ACF|Gao\n"
    );
    assert_eq!(tagged("#org,#adm1\nACF,Gao\n"), "#org|#adm1\n2: ACF|Gao\n");
    assert_eq!(
        tagged("Q\u{ef},\u{e9}\nOrg;Sector\n#org;#sector\nACF;a, b, c, d\n"),
        "#org|#sector\n4: ACF|a, b, c, d\n",
        "the separator is the one between the hashtags"
    );
}

#[test]
fn columns_of_one_hashtag_stay_apart_and_those_without_keep_their_place() {
    assert_eq!(
        tagged("A,Note,B,C,Lat\n#sector+list,,#sector + List,#org,\nx,n,y,o,1\nx,n,y,o,1,more\n"),
        "#sector+list|(2)|#sector+list (2)|#org|(5)\n3: x|n|y|o|1\n4: x|n|y|o|1\n\
         warning: hxl-columns-untagged count=2 columns=Note, Lat\n"
    );
    assert_eq!(
        tagged("#org,#adm-1,#adm2,#sector\na,b,c,d\n"),
        "#org|(2)|#adm2|#sector\n2: a|b|c|d\nwarning: hxl-tag-wrong row 1 value=#adm-1 position=2\n"
    );
}

#[test]
fn a_file_without_hashtags_is_refused() {
    let missing = |rows: usize| format!("refused: hxl-no-tag-row rows={rows}\n");
    assert_eq!(tagged("Org,Sector\nACF,WASH\n"), missing(2));
    assert_eq!(tagged("Org,Sector\norg,sector+es\n"), missing(2));
    assert_eq!(tagged("a,b,c\n#org,x,y\n"), missing(2), "one hashtag among other things is data");
    assert_eq!(tagged(&format!("{}#org,#sector\n", "a,b\n".repeat(25))), missing(25));
    assert_eq!(tagged(&format!("{}#org,#sector\n", "a,b\n".repeat(24))), "#org|#sector\n");
    assert_eq!(tagged(""), "refused: file-empty\n");
}

#[test]
fn a_second_row_of_hashtags_is_refused_and_ends_the_table_where_it_says_something_else() {
    assert_eq!(
        tagged("#org,#sector\na,b\n#org,#Sector\nc,d\n#org,#adm1\ne,f\n").split("6:").next(),
        Some(
            "#org|#sector\n2: a|b\n3: !hxl-tag-row-again <#org,#Sector>\n4: c|d\n\
             5: !hxl-tag-row-again stop <#org,#adm1>\n"
        )
    );
}

#[test]
fn a_table_that_goes_by_headings_leaves_its_hashtags_out() {
    let read = |text: &str| shown(Format::Csv, text.as_bytes(), &Options::of("file"));
    assert_eq!(
        read("org,sector\n#org,#sector\na,b\n#c,#d\n"),
        "org|sector\n3: a|b\n4: #c|#d\nwarning: hxl-tag-row-left-out row 2\n"
    );
    assert_eq!(read("word\n#peace\n"), "word\n2: #peace\n", "one cell is data");
}

#[test]
fn workbooks_are_read_by_hashtags_too() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/hxl");
    let bytes = std::fs::read(folder.join("input-valid.xlsx")).expect("a fixture");
    let text = shown(Format::Xlsx, &bytes, &Options::of("file").by_hashtags());
    let csv = std::fs::read(folder.join("input-valid.csv")).expect("a fixture");
    let expected = shown(Format::Csv, &csv, &Options::of("file").by_hashtags());
    assert_eq!(text.lines().next(), expected.lines().next());
    assert_eq!(text.lines().count(), expected.lines().count());
}

proptest! {
    #[test]
    fn whatever_stands_above_and_in_whatever_order_the_cells_are_those_of_their_hashtags(
        titles in prop::collection::vec("[a-zé ]{1,12}", 0..20),
        order in Just(vec!["#org", "#sector", "#adm1+code", "#adm1+name", ""]).prop_shuffle(),
        rows in prop::collection::vec(prop::collection::vec("[a-zé0-9]{1,6}", 5), 1..6),
        separator in prop::sample::select(vec![",", ";", "\t"]),
    ) {
        let mut text: String = titles.iter().map(|title| title.clone() + "\n").collect();
        text += &(order.join(separator) + "\n");
        for row in &rows {
            text += &(row.join(separator) + "\n");
        }
        let options = Options::of("file").by_hashtags();
        let mut table = open(Format::Csv, Cursor::new(text.into_bytes()), &options).expect("tagged");
        for row in rows {
            let read = table.next_row().expect("a row").expect("a good one");
            for (tag, cell) in order.iter().zip(&row).filter(|(tag, _)| !tag.is_empty()) {
                prop_assert_eq!(read.get(tag), Some(cell.as_str()));
            }
            prop_assert_eq!(read.get(""), None);
        }
        prop_assert!(table.next_row().is_none());
    }

    #[test]
    fn no_bytes_make_the_search_panic_or_run_on(bytes: Vec<u8>, text in "[#a+,\"\n;é]{0,64}") {
        let options = Options::of("file").by_hashtags();
        for format in [Format::Csv, Format::Xlsx] {
            shown(format, &bytes, &options);
            shown(format, text.as_bytes(), &options);
        }
    }
}
