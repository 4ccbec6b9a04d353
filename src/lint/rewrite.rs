//! A rule's rewrite → edits that read well in their place: case, article and spaces agree.

use super::{Applicability, Edit, Fix};
use crate::rules::{Entry, FixKind};
use crate::text::{Span, Text};

/// The fixes of an entry for the words at `span`, within their statement.
pub(super) fn fixes(entry: &Entry, span: Span, statement: Option<Span>, text: &Text) -> Vec<Fix> {
    let fix = |(n, kind): (usize, &FixKind)| {
        let applicability = if entry.safe && n == 0 { Applicability::Safe } else { Applicability::Suggested };
        match kind {
            FixKind::Replace(words) if words.contains('{') => advice(words),
            FixKind::Append(words) if words.contains('{') => advice(words),
            FixKind::Replace(words) if words.is_empty() => take_out(span, text, applicability),
            FixKind::Replace(words) => replace(words, span, text, applicability),
            FixKind::Append(words) => append(words, statement.unwrap_or(span), text, applicability),
        }
    };
    entry.fixes.iter().enumerate().map(fix).collect()
}

/// Words with a gap that only the author can fill: shown, not applied.
fn advice(words: &str) -> Fix {
    let filled = words.replace(['{', '}'], "…");
    Fix { title: format!("Say, for example, “{filled}”"), edits: Vec::new(), applicability: Applicability::Suggested }
}

fn replace(words: &str, span: Span, text: &Text, applicability: Applicability) -> Fix {
    let insert = in_case_of(words, text.slice(span), starts_sentence(span, text));
    let title = format!("Write “{insert}”");
    let mut edits = vec![Edit { span, insert: insert.clone() }];
    edits.extend(article_edit(span, &insert, text));
    edits.sort_by_key(|e| e.span);
    Fix { title, edits, applicability }
}

/// Takes the words out, with a space or comma that would be left over.
fn take_out(span: Span, text: &Text, applicability: Applicability) -> Fix {
    let title = format!("Take out “{}”", text.slice(span));
    let all = text.as_str();
    let after = &all[span.end()..];
    let before = &all[..span.start()];
    let joined = after.strip_prefix(", ").or_else(|| after.strip_prefix(" and ")).filter(|_| !starts_clause(before));
    let rest = joined.unwrap_or_else(|| after.trim_start_matches(' '));
    let mut end = all.len() - rest.len();
    let mut start = span.start();
    let closes = rest.starts_with(['.', ',', ';', ':', ')', '\n']) || rest.is_empty();
    let linked = [", and ", " and ", ", or ", " or ", ", "].iter().find_map(|link| before.strip_suffix(link)).filter(|_| joined.is_none());
    if let Some(kept) = linked {
        start = kept.len();
        end = span.end();
    } else if closes {
        start = before.trim_end().len();
        end = span.end();
    }
    let next: String = rest.split([' ', '\n', '.', ',', ';']).next().unwrap_or("").to_owned();
    let mut edits = Vec::new();
    if starts_sentence(span, text) && !closes {
        let mut letters = next.chars();
        let capital = letters.next().map(|c| c.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default();
        edits.push(Edit { span: Span::of(start..end + next.len()), insert: capital });
    } else {
        edits.push(Edit { span: Span::of(start..end), insert: String::new() });
        edits.extend(article_edit(span, &next, text));
    }
    edits.sort_by_key(|e| e.span);
    Fix { title, edits, applicability }
}

/// Puts words at the end of the criterion, before its full stop.
fn append(words: &str, statement: Span, text: &Text, applicability: Applicability) -> Fix {
    let body = text.slice(statement).trim_end().trim_end_matches(['.', ';', ',', ':']).trim_end();
    let at = statement.start() + body.len();
    let title = format!("Add “{words}”");
    let space = if words.starts_with([',', ';']) { "" } else { " " };
    Fix { title, edits: vec![Edit { span: Span::of(at..at), insert: format!("{space}{words}") }], applicability }
}

/// The article before a span, where it no longer agrees with what follows it.
fn article_edit(span: Span, next: &str, text: &Text) -> Option<Edit> {
    let before = &text.as_str()[..span.start()];
    let words = before.strip_suffix(' ')?;
    let start = words.rfind(|c: char| !c.is_alphabetic()).map_or(0, |i| i + words[i..].chars().next().map_or(1, char::len_utf8));
    let article = &words[start..];
    let wanted = if starts_with_vowel_sound(next) { "an" } else { "a" };
    let is_article = article.eq_ignore_ascii_case("a") || article.eq_ignore_ascii_case("an");
    if !is_article || article.eq_ignore_ascii_case(wanted) || next.is_empty() {
        return None;
    }
    Some(Edit { span: Span::of(start..words.len()), insert: in_case_of(wanted, article, true) })
}

/// Whether “an” goes before a word.
fn starts_with_vowel_sound(word: &str) -> bool {
    let letters: String = word.chars().take_while(|c| c.is_alphanumeric()).collect();
    let spelled = letters.len() > 1 && letters.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let lower = letters.to_lowercase();
    let first = lower.chars().next().unwrap_or('x');
    if spelled {
        return "aefhilmnorsx8".contains(first);
    }
    let silent = ["hour", "honest", "honour", "honor", "heir"].iter().any(|h| lower.starts_with(h));
    let sounded = ["uni", "use", "usu", "user", "euro", "one", "once", "ufo", "uk"].iter().any(|u| lower.starts_with(u))
        && !lower.starts_with("unin")
        && !lower.starts_with("unim");
    silent || ("aeiou8".contains(first) && !sounded)
}

/// The rewrite in the case of what it replaces: capitals, a capital first letter, or small letters.
fn in_case_of(words: &str, found: &str, starts_sentence: bool) -> String {
    let letters: Vec<char> = found.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() > 1 && letters.iter().all(|c| c.is_uppercase()) {
        return words.to_uppercase();
    }
    let begins_with_figure = starts_sentence && found.starts_with(|c: char| c.is_numeric());
    let capital = begins_with_figure || letters.first().is_some_and(|c| c.is_uppercase());
    if !capital {
        return words.to_owned();
    }
    let title_case = found.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(|w| w.starts_with(char::is_uppercase));
    if title_case && !starts_sentence && words.len() > 1 {
        return words.split(' ').map(capitalised).collect::<Vec<_>>().join(" ");
    }
    // Within a sentence “Chinese whispers” has its capital from a name.
    if starts_sentence { capitalised(words) } else { words.to_owned() }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

fn starts_sentence(span: Span, text: &Text) -> bool {
    starts_clause(&text.as_str()[..span.start()])
}

fn starts_clause(before: &str) -> bool {
    let trimmed = before.trim_end_matches([' ', '"', '“', '(', '•', '-', '*']);
    trimmed.is_empty() || trimmed.ends_with(['.', '!', '?', ':', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(text: &str, words: &str, kind: FixKind) -> String {
        let entry =
            Entry { rule: 0, severity: None, message: None, fixes: vec![kind], safe: false, applies: vec![], unless: vec![], coded: None, against: None };
        let start = text.find(words).expect("the words are there");
        let of = Text::new(text);
        let fixes = fixes(&entry, Span::of(start..start + words.len()), Some(of.whole()), &of);
        let mut out = text.to_owned();
        for edit in fixes[0].edits.iter().rev() {
            out.replace_range(edit.span.range(), &edit.insert);
        }
        out
    }

    #[test]
    fn rewrites_agree_with_their_place() {
        let cases = [
            ("We need a salesman.", "salesman", "adviser", "We need an adviser."),
            ("We need an air hostess.", "air hostess", "cabin crew member", "We need a cabin crew member."),
            ("Chairman of the board", "Chairman", "chair", "Chair of the board"),
            ("no Chinese whispers", "Chinese whispers", "rumours", "no rumours"),
            ("CHAIRMAN", "CHAIRMAN", "chair", "CHAIR"),
            ("a foreman", "foreman", "HR lead", "an HR lead"),
            ("A young engineer", "young", "", "An engineer"),
            ("Young people apply", "Young", "", "People apply"),
            ("A calm, young person.", "young", "", "A calm person."),
            ("You are bright and young.", "young", "", "You are bright."),
            ("an amazing guru", "guru", "expert", "an amazing expert"),
            ("5 years' experience in sales", "5 years' experience", "experience", "Experience in sales"),
            ("With 5 years' experience", "5 years' experience", "experience", "With experience"),
            ("a uni lead", "uni lead", "user lead", "a user lead"),
        ];
        for (text, words, with, expected) in cases {
            assert_eq!(rewritten(text, words, FixKind::Replace(with.to_owned())), expected, "{text}");
        }
    }

    #[test]
    fn what_is_appended_stands_before_the_full_stop() {
        assert_eq!(
            rewritten("A degree in law.", "degree in law", FixKind::Append("or equivalent experience".into())),
            "A degree in law or equivalent experience."
        );
    }
}
