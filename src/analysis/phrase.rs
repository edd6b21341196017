//! What is found out, in words: one sentence in each language, with blanks for names.
//!
//! Whoever shows it says how names look there: ids in the shell, escaped names on the page.

use crate::topology::{DefinitionId, Language};

/// The same in both languages; `{0}` is the first blank. Names stand in lists, so that no word has to agree with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// In English.
    pub english: &'static str,
    /// In Spanish.
    pub spanish: &'static str,
}

/// What fills a blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Entries, by name.
    Entries(Vec<DefinitionId>),
    /// Words of the author or names of places.
    Text(String),
    /// Several of these.
    Texts(Vec<String>),
    /// What is typed as it stands.
    Code(String),
}

/// A sentence with its blanks filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The sentence.
    pub words: Words,
    /// What fills its blanks.
    pub parts: Vec<Part>,
}

/// How names and texts look where a phrase is shown.
pub struct Speaker<'a> {
    /// The language.
    pub language: Language,
    /// An entry's name.
    pub name: &'a dyn Fn(DefinitionId) -> String,
    /// Several things in a row: "a, b and c".
    pub list: &'a dyn Fn(&[String]) -> String,
    /// A text of the author, made safe.
    pub text: &'a dyn Fn(&str) -> String,
}

impl Words {
    /// In one of the languages.
    pub const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Spanish => self.spanish,
        }
    }

    /// With its blanks filled.
    pub const fn with(self, parts: Vec<Part>) -> Phrase {
        Phrase { words: self, parts }
    }
}

impl Part {
    /// One entry, by name.
    pub fn entry(id: DefinitionId) -> Self {
        Self::Entries(vec![id])
    }

    /// A number.
    pub fn number(number: usize) -> Self {
        Self::Text(number.to_string())
    }
}

impl Phrase {
    /// As a speaker says it.
    pub fn said(&self, speaker: &Speaker) -> String {
        let words = self.words.in_language(speaker.language);
        let mut said = String::new();
        let mut rest = words;
        while let Some(at) = rest.find('{') {
            let (before, behind) = rest.split_at(at);
            said.push_str(before);
            // A brace without a number between is one that is typed.
            let blank =
                behind[1..].split_once('}').and_then(|(blank, after)| Some((blank.parse::<usize>().ok()?, after)));
            if let Some((index, after)) = blank {
                said.push_str(&self.parts[index].said(speaker));
                rest = after;
            } else {
                said.push('{');
                rest = &behind[1..];
            }
        }
        said.push_str(rest);
        said
    }
}

impl Part {
    fn said(&self, speaker: &Speaker) -> String {
        match self {
            Self::Entries(entries) => {
                let mut names: Vec<String> = Vec::new();
                for &entry in entries {
                    let name = (speaker.name)(entry);
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                (speaker.list)(&names)
            }
            Self::Text(text) => (speaker.text)(text),
            Self::Texts(texts) => (speaker.list)(&texts.iter().map(|text| (speaker.text)(text)).collect::<Vec<_>>()),
            Self::Code(code) => format!("`{code}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_in_both_languages() {
        let words = Words { english: "{1} goes with {0}.", spanish: "Con {0} cae {1}." };
        let phrase = words.with(vec![Part::Text("zone a".to_owned()), Part::entry(DefinitionId(7))]);
        let say = |language| {
            phrase.said(&Speaker {
                language,
                name: &|id| format!("`{}`", id.0),
                list: &|names| names.join(" and "),
                text: &str::to_uppercase,
            })
        };
        assert_eq!(say(Language::English), "`7` goes with ZONE A.");
        assert_eq!(say(Language::Spanish), "Con ZONE A cae `7`.");
    }
}
