//! Reads a note in Finnish, as THL writes them: «Henkilötunnus- ja Syntymäaika -kentistä toinen on
//! pakollinen», «Kenttä on pakollinen, jos X-kenttään on vastattu "ei"».
//!
//! Members are found in the note by the names that their own annotations give them. A note that names
//! something else, or says it in another way, is not read: a wrong reading would accuse a right form.

use super::Condition;

/// Where the condition begins in a note that says more.
const MARKERS: [&str; 2] = ["ehdollisesti pakollinen:", "ehdollinen pakollisuus:"];
/// Words that stand in quotes beside names.
const ANSWERS: [&str; 2] = ["kyllä", "ei"];

/// A member of the object that the note is about.
#[derive(Debug, Clone)]
pub(super) struct Sibling<'a> {
    pub member: &'a str,
    /// Its name for people, in lower case.
    pub name: String,
    pub kind: FormValueKind,
}

/// What kind of value a member has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FormValueKind {
    Switch,
    Code,
    Other,
}

/// What a note says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoteReading {
    pub condition: Option<Condition>,
    /// Whether it says nothing else that makes the member needed.
    pub is_whole: bool,
}

/// Reads the note about `own`, one of `siblings`.
pub(super) fn read(note: &str, own: &str, siblings: &[Sibling<'_>]) -> NoteReading {
    let note = note.to_lowercase().replace(['”', '“'], "\"").replace('\u{a0}', " ");
    let sentences = sentences(conditional_part(&note));
    let mut telling =
        sentences.iter().filter(|sentence| sentence.contains("pakolli") || sentence.contains("on vastattava"));
    let condition = telling.next().and_then(|sentence| of_sentence(sentence, own, siblings));
    let rest: Vec<_> = telling.collect();
    let must_be_true = rest.iter().any(|sentence| sentence.contains("on vastattava \"kyllä\""));
    let is_whole = rest.iter().all(|sentence| !sentence.contains("pakolli"));
    let condition = match condition {
        Some(Condition::OneOf { members, .. }) => Some(Condition::OneOf { members, is_true: must_be_true }),
        other => other,
    };
    NoteReading { is_whole: is_whole && condition.is_some(), condition }
}

fn conditional_part(note: &str) -> &str {
    let start = |marker: &&str| note.find(marker).map(|at| at + marker.len());
    MARKERS.iter().filter_map(start).max().map_or(note, |start| &note[start..])
}

/// The sentences; a full stop inside of quotes ends none.
fn sentences(text: &str) -> Vec<&str> {
    let mut is_quoted = false;
    let end = |character: char| {
        is_quoted ^= character == '"';
        !is_quoted && matches!(character, '.' | '\n')
    };
    text.split(end).map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}

fn of_sentence(sentence: &str, own: &str, siblings: &[Sibling<'_>]) -> Option<Condition> {
    let named = named(sentence, siblings)?;
    let is_conditional =
        ["jos ", "mikäli "].iter().any(|word| sentence.starts_with(word) || sentence.contains(&format!(" {word}")));
    if is_conditional {
        let others: Vec<_> = named.into_iter().filter(|sibling| sibling.member != own).collect();
        return of_others(sentence, own, &others);
    }
    let is_choice = ["toinen", "yksi ", "joko "].iter().any(|word| sentence.contains(word));
    let members: Vec<String> = named.iter().map(|sibling| sibling.member.to_owned()).collect();
    let concerns_own = members.iter().any(|member| member == own);
    (is_choice && members.len() > 1 && concerns_own).then_some(Condition::OneOf { members, is_true: false })
}

fn of_others(sentence: &str, own: &str, others: &[&Sibling<'_>]) -> Option<Condition> {
    let needed = own.to_owned();
    let first = others.first()?;
    if sentence.contains("jätetään tyhjäksi") {
        return (others.len() == 1).then(|| Condition::Absent { needed, other: first.member.to_owned() });
    }
    if others.iter().all(|other| other.kind == FormValueKind::Switch) {
        let others = others.iter().map(|other| other.member.to_owned()).collect();
        return Some(Condition::Answered { needed, others, answer: answer(sentence)? });
    }
    let codes = codes(sentence);
    let is_coded = others.len() == 1 && first.kind == FormValueKind::Code && !codes.is_empty();
    is_coded.then(|| Condition::Coded { needed, other: first.member.to_owned(), codes })
}

fn answer(sentence: &str) -> Option<bool> {
    let [yes, no] = ["\"kyllä\"", "\"ei\""].map(|word| sentence.contains(word));
    match (yes || sentence.contains("asennossa kyllä") || sentence.contains("on valittu"), no) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// The numbers that name classes: «luokka 2», «31 = Huoltaja».
fn codes(sentence: &str) -> Vec<String> {
    let words: Vec<&str> = sentence.split([' ', ',', '(', ')']).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let before = words.windows(2).filter(|pair| pair[0] == "luokka" && is_number(pair[1])).map(|pair| pair[1]);
    let after = words.windows(2).filter(|pair| is_number(pair[0]) && pair[1] == "=").map(|pair| pair[0]);
    before.chain(after).map(str::to_owned).collect()
}

/// The siblings that the sentence names, in their order there; `None` where it quotes what is none.
fn named<'s, 'a>(sentence: &str, siblings: &'s [Sibling<'a>]) -> Option<Vec<&'s Sibling<'a>>> {
    let mut by_length: Vec<&Sibling<'_>> = siblings.iter().filter(|sibling| !sibling.name.is_empty()).collect();
    by_length.sort_by_key(|sibling| std::cmp::Reverse(sibling.name.len()));
    let mut rest = sentence.to_owned();
    let mut found = Vec::new();
    for sibling in by_length {
        if let Some(at) = alone(&rest, &sibling.name) {
            found.push((at, sibling));
            // What stood there is blanked out, byte for byte, so that no shorter name is found in it.
            rest.replace_range(at..at + sibling.name.len(), &"\0".repeat(sibling.name.len()));
        }
    }
    let quoted = rest.split('"').skip(1).step_by(2).map(|text| text.trim_matches(['\0', ' ', '.', ',']));
    let is_strange = |text: &str| !text.is_empty() && !ANSWERS.contains(&text);
    if quoted.into_iter().any(is_strange) {
        return None;
    }
    found.sort_by_key(|(at, _)| *at);
    Some(found.into_iter().map(|(_, sibling)| sibling).collect())
}

/// Where `name` stands in `text` with no letter or digit right before or after it.
fn alone(text: &str, name: &str) -> Option<usize> {
    let is_free = |neighbour: Option<char>| neighbour.is_none_or(|neighbour| !neighbour.is_alphanumeric());
    let mut places = text.match_indices(name).map(|(at, _)| at);
    places.find(|at| is_free(text[..*at].chars().next_back()) && is_free(text[at + name.len()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::{Condition, FormValueKind, NoteReading, Sibling, read};

    fn siblings() -> Vec<Sibling<'static>> {
        let of =
            |(member, name, kind): (&'static str, &str, FormValueKind)| Sibling { member, name: name.to_owned(), kind };
        [
            ("hetu", "henkilötunnus", FormValueKind::Other),
            ("tilapainen", "tilapäinen yksilöintitunnus", FormValueKind::Other),
            ("tunnus", "yksilöintitunnus", FormValueKind::Other),
            ("kuultu", "henkilöä on kuultu", FormValueKind::Switch),
            ("isyys", "isyys", FormValueKind::Switch),
            ("kohdan", "selvittäminen 3 momentin 1 kohdan perusteella.", FormValueKind::Switch),
            ("rooli", "rooli", FormValueKind::Code),
            ("own", "tämä", FormValueKind::Switch),
        ]
        .map(of)
        .into()
    }

    fn whole(condition: Condition) -> NoteReading {
        NoteReading { condition: Some(condition), is_whole: true }
    }

    fn one_of(members: &[&str], is_true: bool) -> Condition {
        Condition::OneOf { members: members.iter().map(|member| (*member).to_owned()).collect(), is_true }
    }

    fn answered(others: &[&str], answer: bool) -> Condition {
        let others = others.iter().map(|other| (*other).to_owned()).collect();
        Condition::Answered { needed: "own".to_owned(), others, answer }
    }

    #[test]
    fn turns_of_phrase_are_read() {
        let (own, other) = ("own".to_owned(), "rooli".to_owned());
        let coded = |codes: &[&str]| Condition::Coded {
            needed: own.clone(),
            other: other.clone(),
            codes: codes.iter().map(|code| (*code).to_owned()).collect(),
        };
        let cases = [
            (
                "hetu",
                "Ehdollisesti pakollinen: Henkilötunnus- ja Tilapäinen yksilöintitunnus -kentistä toinen on pakollinen.",
                one_of(&["hetu", "tilapainen"], false),
            ),
            (
                "tilapainen",
                "Joko Henkilötunnus-kenttä tai Tilapäinen yksilöintitunnus -kenttä on pakollinen",
                one_of(&["hetu", "tilapainen"], false),
            ),
            (
                "isyys",
                "Kytkin toteutetaan valintaruutuna. Ehdollisesti pakollinen: Yksi seuraavista kentistä on pakollinen: \"Isyys\" tai \"Tämä\". Yhteen kentistä on vastattava \"kyllä\".",
                one_of(&["isyys", "own"], true),
            ),
            (
                "own",
                "Jos Henkilöä on kuultu -kenttään on vastattu \"kyllä\", tätä kenttää ei näytetä. Ehdollinen pakollisuus: Kenttä on pakollinen, jos Henkilöä on kuultu -kenttään on vastattu \"ei\".",
                answered(&["kuultu"], false),
            ),
            (
                "own",
                "Ehdollisesti pakollinen: jos kytkin \"Isyys\" on asennossa kyllä eli valintaruutu on valittu, on tämä kenttä pakollinen.",
                answered(&["isyys"], true),
            ),
            (
                "own",
                "Ehdollisesti pakollinen: Kenttä on pakollinen, mikäli kenttä \"Selvittäminen 3 momentin 1 kohdan perusteella.\" on valittu.",
                answered(&["kohdan"], true),
            ),
            (
                "own",
                "Ehdollinen pakollisuus: Kenttä on pakollinen, jos Rooli-kenttä jätetään tyhjäksi. Kenttä ei ole toistuva.",
                Condition::Absent { needed: own.clone(), other: other.clone() },
            ),
            (
                "own",
                "Ehdollisesti pakollinen: jos kentän \"Rooli\" luokituksesta on valittu luokka 2, on tämä kenttä pakollinen.",
                coded(&["2"]),
            ),
            (
                "own",
                "Ehdollisesti pakollinen: Jos Rooli-kentässä on valittu 31 = Huoltaja tai 34 = Valtuutettu, kenttä on pakollinen.",
                coded(&["31", "34"]),
            ),
        ];
        for (own, note, expected) in cases {
            assert_eq!(read(note, own, &siblings()), whole(expected), "{note}");
        }
    }

    #[test]
    fn what_says_something_else_is_not_read() {
        for note in [
            "Ehdollisesti pakollinen: Jos kyseessä on vanha asiakkuus, tieto on pakollinen.",
            "Ehdollisesti pakollinen: Kenttä on pakollinen, jos asiakas on vähintään 18-vuotias.",
            "Ehdollisesti pakollinen: Kenttä on pakollinen, jos \"Muu kenttä\" tai \"Isyys\" -kenttään on vastattu \"kyllä\".",
            "Ehdollisesti pakollinen: Kenttä on pakollinen, jos Rooli-kenttään on valittu jokin.",
            "Ehdollisesti pakollinen: Henkilötunnus- ja Syntymäaika -kentistä toinen on pakollinen.",
            "",
        ] {
            assert_eq!(read(note, "own", &siblings()), NoteReading { condition: None, is_whole: false }, "{note}");
        }
        let two = "Joko tilapäinen yksilöintitunnus tai henkilötunnus on pakollinen.\nJos kyseessä on vanha asiakkuus, tieto on pakollinen.";
        let reading = read(two, "hetu", &siblings());
        assert_eq!((reading.condition.is_some(), reading.is_whole), (true, false));
    }

    proptest::proptest! {
        #[test]
        fn no_note_panics(note in "([a-zä\". ]|jos |on pakollinen|isyys|\"ei\"|toinen|1 = |\\PC){0,30}") {
            let _ = read(&note, "own", &siblings());
        }
    }
}
