//! The page as a whole.

use std::sync::Arc;

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::exchange::ExchangeView;
use super::filters;
use super::finding::{FindingView, more, source_line, views};
use super::head::{GroupView, HeadFact, Tile, facts, group_views, limits, tiles};
use super::scenario::{EvidenceIndex, ScenarioView, anchor, exchange_views, scenario};
use crate::evidence::Entry;
use crate::report::gaps;
use crate::report::listing::LinePiece;
use crate::report::plain::reason_line;
use crate::report::redact;
use crate::report::summary::{Covered, coverage};
use crate::report::texts::Texts;
use crate::report::words::{Words, fill};
use crate::report::xml_text::visible;
use crate::rule::Catalogue;
use crate::run::{RunResult, ScenarioVerdict};

const SCRIPT: &str = include_str!("../../../templates/report/page.js");
const STYLE: &str = include_str!("../../../templates/report/page.css");
/// Longest name of a system, in characters.
const LONGEST: usize = 200;
/// Prefix of the anchors of what belongs to no scenario.
const RUN: &str = "run";

#[derive(Template)]
#[template(path = "report/page.html")]
struct HtmlPage<'a> {
    language: &'static str,
    words: &'a Words,
    script: &'static str,
    script_digest: String,
    style: &'static str,
    system: String,
    version: String,
    kind: &'static str,
    outcome: &'a str,
    meaning: &'a str,
    passed: String,
    reason: Option<String>,
    tiles: Vec<Tile<'a>>,
    groups: Vec<GroupView<'a>>,
    facts: Vec<HeadFact<'a>>,
    limits: Vec<String>,
    first: Vec<String>,
    gaps: Vec<String>,
    findings: Vec<FindingView<'a>>,
    more: Option<String>,
    exchanges: Vec<ExchangeView<'a>>,
    scenarios: Vec<ScenarioView<'a>>,
    coverage: Vec<CoverageRow<'a>>,
}

/// A requirement and what the run says about it.
struct CoverageRow<'a> {
    id: &'a str,
    text: &'a str,
    source: String,
    level: &'a str,
    about: &'a str,
    class: &'a str,
    kind: &'static str,
    outcome: &'a str,
    scenarios: Vec<(String, &'a str)>,
}

/// The page about `result`, with the messages of `entries`.
pub fn write(result: &RunResult, entries: &[Arc<Entry>], catalogue: &Catalogue, texts: &Texts) -> String {
    let anchors = |id: &str| {
        let index = result.scenarios.iter().position(|verdict| verdict.id == id).unwrap_or(0);
        anchor(index, id)
    };
    let evidence = EvidenceIndex::new(entries);
    let words = &texts.words;
    let mut findings = views(&result.findings, RUN, catalogue, texts);
    let anchored: Vec<String> = result.scenarios.iter().map(|verdict| anchors(&verdict.id)).collect();
    let page = HtmlPage {
        language: texts.language.tag(),
        words,
        script: SCRIPT,
        script_digest: STANDARD.encode(ring::digest::digest(&ring::digest::SHA256, SCRIPT.as_bytes())),
        style: STYLE,
        system: redact::line(&result.header.system.name, LONGEST),
        version: redact::line(&result.header.system.version, LONGEST),
        kind: result.outcome.name(),
        outcome: words.outcome.of(result.outcome),
        meaning: words.meaning.of(result.outcome),
        passed: passed(result, words),
        reason: result.reason.as_ref().map(|reason| reason_line(reason, texts)),
        tiles: tiles(result, texts),
        groups: group_views(result, &anchors, texts),
        facts: facts(result, texts),
        limits: limits(result, texts),
        first: gaps::first_lines(result, texts),
        gaps: gaps::lines(result, texts),
        more: more(&result.findings, texts),
        exchanges: exchange_views(&run_exchanges(result), &mut findings, &evidence, texts),
        findings,
        scenarios: scenario_views(result, &anchored, &evidence, catalogue, texts),
        coverage: coverage(result, catalogue).into_iter().map(|row| coverage_row(&row, &anchors, texts)).collect(),
    };
    visible(&page.render().expect("rendering to memory cannot fail"))
}

/// The scenarios in their order, made on every processor: their messages are most of the work.
fn scenario_views<'a>(
    result: &'a RunResult,
    anchors: &'a [String],
    evidence: &EvidenceIndex<'a>,
    catalogue: &'a Catalogue,
    texts: &'a Texts,
) -> Vec<ScenarioView<'a>> {
    let scenarios: Vec<_> = result.scenarios.iter().zip(anchors).collect();
    let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let made = |share: &[(&'a ScenarioVerdict, &'a String)]| -> Vec<ScenarioView<'a>> {
        share.iter().map(|(verdict, anchor)| scenario(verdict, anchor, evidence, catalogue, texts)).collect()
    };
    std::thread::scope(|scope| {
        let shares = scenarios.chunks(scenarios.len().div_ceil(processors).max(1));
        let shares: Vec<_> = shares.map(|share| scope.spawn(move || made(share))).collect();
        let joined = |share: std::thread::ScopedJoinHandle<'_, _>| {
            share.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        shares.into_iter().flat_map(joined).collect()
    })
}

/// The exchanges that findings outside of the scenarios are about, each once.
fn run_exchanges(result: &RunResult) -> Vec<u64> {
    let mut numbers: Vec<u64> = result.findings.iter().filter_map(|finding| finding.exchange).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn passed(result: &RunResult, words: &Words) -> String {
    let counts = result.counts;
    let (passed, total) = ((counts.pass + counts.warning).to_string(), counts.total.to_string());
    fill(&words.terminal.passed_of, &[("passed", &passed), ("total", &total)])
}

fn coverage_row<'a>(covered: &Covered<'a>, anchor: &impl Fn(&str) -> String, texts: &'a Texts) -> CoverageRow<'a> {
    let (words, requirement) = (&texts.words, covered.requirement);
    CoverageRow {
        id: &requirement.id,
        text: requirement.text.in_language(texts.language),
        source: source_line(&requirement.source),
        level: words.level.of(requirement.level),
        about: words.kind.of(requirement.kind),
        class: words.evidence.of(requirement.evidence),
        kind: covered.outcome.map_or("inconclusive", crate::domain::Outcome::name),
        outcome: covered.outcome.map_or(words.note.not_covered.as_str(), |outcome| words.outcome.of(outcome)),
        scenarios: covered.scenarios.iter().map(|verdict| (anchor(&verdict.id), verdict.id.as_str())).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::write;
    use crate::report::Language;
    use crate::report::example::{self, CATALOGUE, TOKEN};
    use crate::run::RunResult;

    fn page(result: &RunResult, language: Language) -> String {
        write(result, &example::entries(), &CATALOGUE, example::texts(language))
    }

    fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
        let opening = format!(" {attribute}=\"");
        page.split(opening.as_str()).skip(1).map(|rest| rest.split('"').next().expect("a value")).collect()
    }

    /// What a reader meets: the text without tags, style, script and symbols, one line a block.
    fn reading(page: &str) -> String {
        let body = &page[page.find("<a class=\"skip\"").expect("body")..page.find("<script>").expect("script")];
        let pieces = body.split('<').filter_map(|piece| piece.split_once('>'));
        let mut text = String::new();
        for (tag, content) in pieces {
            let inline = [
                "a ", "/a", "span", "/span", "strong", "/strong", "code", "/code", "mark", "/mark", "i ", "/i", "svg",
                "use", "/use", "/svg",
            ];
            text.push_str(if inline.iter().any(|name| tag.starts_with(name)) { " " } else { "\n" });
            text.push_str(content.trim());
        }
        let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn reads_as_it_should_in_three_languages() {
        for language in Language::ALL {
            insta::assert_snapshot!(format!("page_{}", language.tag()), reading(&page(&example::result(), language)));
        }
    }

    #[test]
    fn every_link_leads_somewhere_in_the_page_or_to_a_file_of_the_report() {
        let page = page(&example::result(), Language::Fi);
        let ids = values(&page, "id");
        let unique: HashSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "an id stands twice");
        for link in values(&page, "href") {
            match link.strip_prefix('#') {
                Some(anchor) => assert!(unique.contains(anchor), "{link} leads nowhere"),
                None => assert!(link.starts_with("evidence/exchanges/000"), "{link} leads out of the report"),
            }
        }
        for label in values(&page, "aria-labelledby") {
            assert!(unique.contains(label), "no {label}");
        }
    }

    #[test]
    fn needs_nothing_from_anywhere() {
        let page = page(&example::result(), Language::En);
        assert_eq!(values(&page, "src"), Vec::<&str>::new());
        assert!(page.contains("default-src 'none'") && !page.contains("@import") && !page.contains("url("));
    }

    #[test]
    fn is_marked_up_for_screen_readers() {
        for language in Language::ALL {
            let page = page(&example::result(), language);
            assert!(page.contains(&format!("<html lang=\"{}\">", language.tag())));
            assert_eq!(page.matches("<h1").count(), 1);
            assert_eq!(page.matches("<th ").count(), page.matches("<th scope=").count());
            for landmark in ["<header", "<main", "<nav", "<footer"] {
                assert!(page.contains(landmark), "{landmark}");
            }
        }
    }

    #[test]
    fn shows_findings_at_their_places_and_the_document_decoded() {
        let page = page(&example::result(), Language::En);
        assert!(page.contains("<mark>&#60;reasonCode code=&#34;SP1&#34; codeSystem=&#34;1.2.246.537.6.1503.201601&#34;/&#62;<a class=\"ref\""));
        assert!(page.contains("KK-7F3A Tapaaminen sovittiin."), "the display form and the JSON are shown");
        assert!(page.contains("812"), "a withheld body is told");
    }

    #[test]
    fn holds_no_secret() {
        let page = page(&example::result(), Language::En);
        assert!(!page.contains(TOKEN) && !page.contains(&example::foreign_code()));
        assert!(page.contains("Authorization: (hidden)") && page.contains("010181*****"));
    }

    #[test]
    fn a_flood_of_findings_is_bounded() {
        let mut result = example::result();
        let flood = vec![result.scenarios[1].findings[0].clone(); 1000];
        result.scenarios[1].findings = flood;
        let page = page(&result, Language::En);
        assert_eq!(page.matches("<article").count(), 104);
        assert!(page.contains("900 more findings stand in report.json."));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn vendor_text_is_text(text in "(\\PC|<script>|</details>|\"|'|&lt;|-->){0,20}") {
            let plain = page(&example::result(), Language::En);
            let mut result = example::result();
            result.header.system.name = text.clone();
            result.scenarios[0].steps[1].message = text.clone();
            result.scenarios[0].findings[0].actual = text.as_str().into();
            result.scenarios[4].reason.as_mut().expect("reason").detail = text.into();
            let hostile = page(&result, Language::En);
            for tag in ["<script", "</details", "<details", "<article", "<section"] {
                prop_assert_eq!(hostile.matches(tag).count(), plain.matches(tag).count(), "{}", tag);
            }
        }
    }
}
