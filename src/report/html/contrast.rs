//! Proof that the page's colours can be read: WCAG 2.2, success criterion 1.4.3.

use std::collections::HashMap;

const STYLE: &str = include_str!("../../../templates/report/page.css");
const LEAST: f64 = 4.5;
const KINDS: [&str; 5] = ["pass", "warning", "fail", "other", "none"];

/// The colours of one scheme by name.
fn scheme(block: &str) -> HashMap<&str, [f64; 3]> {
    let rows = block.split(';').filter_map(|row| row.trim().strip_prefix("--")?.split_once(": #"));
    rows.map(|(name, hex)| (name, channels(hex))).collect()
}

fn channels(hex: &str) -> [f64; 3] {
    let wide: String = if hex.len() == 3 { hex.chars().flat_map(|digit| [digit, digit]).collect() } else { hex.into() };
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&wide[at..at + 2], 16).expect("a colour")) / 255.0)
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn text_stands_out_in_both_schemes() {
    let plain = [
        "ink paper",
        "ink ground",
        "ink code",
        "soft paper",
        "soft ground",
        "soft code",
        "soft none-ground",
        "link paper",
        "link ground",
        "link mark",
        "mark-ink mark",
        "head-ink head",
    ];
    let kinds = KINDS
        .iter()
        .flat_map(|kind| [format!("{kind} {kind}-ground"), format!("{kind} paper"), format!("ink {kind}-ground")]);
    let pairs: Vec<String> = plain.iter().map(|pair| (*pair).to_owned()).chain(kinds).collect();
    let blocks: Vec<_> = STYLE.split(":root {").skip(1).map(|rest| rest.split('}').next().expect("a block")).collect();
    assert_eq!(blocks.len(), 2, "a light and a dark scheme");
    for block in blocks {
        let colours = scheme(block);
        for pair in &pairs {
            let (text, ground) = pair.split_once(' ').expect("a pair");
            let ratio = contrast(colours[text], colours[ground]);
            assert!(ratio >= LEAST, "{pair}: {ratio:.2}");
        }
    }
}
