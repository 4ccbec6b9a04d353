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
            FixKind::Replace(words) if words.is_empty() => take_out(span, statement, text, applicability),
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
    let (words, span) = settled(words, span, text);
    let (before, _) = word_before(span, text);
    let follows = |all: &[&str]| all.contains(&before.to_lowercase().as_str());
    // “Willing to {the agreed hours}”, “not {who uses a wheelchair}”: said in place of the words they would be no English.
    if follows(VERB_NEXT) && begins_with(DETERMINERS, &words) || follows(NO_ANTECEDENT) && begins_with(&["who"], &words) {
        return advice(&words);
    }
    let insert = in_case_of(&words, text.slice(span), starts_sentence(span, text));
    let title = format!("Write “{insert}”");
    let mut edits = vec![Edit { span, insert: insert.clone() }];
    edits.extend(article_edit(span, &insert, text));
    edits.extend(verb_edit(span, &insert, text));
    edits.sort_by_key(|e| e.span);
    Fix { title, edits, applicability }
}

/// Words after which a verb comes.
const VERB_NEXT: &[&str] = &["to", "must", "will", "can", "cannot", "could", "should", "shall", "may", "might", "would"];
/// Words that open a noun phrase; two of them never stand together.
const DETERMINERS: &[&str] = &["a", "an", "the", "another", "any", "some", "each", "every", "my", "our", "your", "his", "her", "its", "their"];

/// Words that are a noun phrase of their own, so that no article stands before them.
const PRONOUNS: &[&str] = &["someone", "somebody", "anyone", "anybody", "everyone"];
/// Words between which and “who” somebody must stand.
const NO_ANTECEDENT: &[&str] = &["am", "is", "are", "was", "were", "be", "been", "being", "not", "and", "or"];

fn begins_with(words: &[&str], text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or("").to_lowercase();
    words.contains(&first.as_str())
}

/// A rewrite and the place it takes, so that nothing beside it is said twice: “his own van” → “a way to travel” takes the
/// place of “his”, too; “the site foreman” → “site supervisor” needs no second “site”.
fn settled(words: &str, span: Span, text: &Text) -> (String, Span) {
    let (before, at) = word_before(span, text);
    let (names, before_it) = (begins_with(DETERMINERS, words) || begins_with(PRONOUNS, words), before.to_lowercase());
    if names && DETERMINERS.contains(&before_it.as_str()) {
        return (words.to_owned(), Span::of(at..span.end()));
    }
    let after = text.as_str()[span.end()..].strip_prefix(' ').unwrap_or("");
    let next = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let (first, rest) = words.split_once(' ').unwrap_or(("", words));
    // “infirm people” → “people with dementia”.
    if !first.is_empty() && first.eq_ignore_ascii_case(next) {
        return (words.to_owned(), Span::of(span.start()..span.end() + 1 + next.len()));
    }
    let words = if first.eq_ignore_ascii_case(before) { rest } else { words };
    let words = words.rsplit_once(' ').filter(|(_, last)| last.eq_ignore_ascii_case(next)).map_or(words, |(rest, _)| rest);
    (words.to_owned(), span)
}

/// The word right before a span, one space away, and where it begins.
fn word_before(span: Span, text: &Text) -> (&str, usize) {
    let Some(words) = text.as_str()[..span.start()].strip_suffix(' ') else { return ("", span.start()) };
    let start = words.rfind(|c: char| !c.is_alphabetic()).map_or(0, |i| i + words[i..].chars().next().map_or(1, char::len_utf8));
    (&words[start..], start)
}

/// Takes the words out, with a space, a comma or an “and” that would be left over. It stays within the line.
fn take_out(span: Span, statement: Option<Span>, text: &Text, applicability: Applicability) -> Fix {
    let title = format!("Take out “{}”", text.slice(span));
    if let Some(statement) = statement.filter(|s| bare(text.slice(*s)) == bare(text.slice(span))) {
        return Fix { title, edits: take_out_statement(statement, text), applicability };
    }
    let all = text.as_str();
    let (before, after) = (&all[..span.start()], &all[span.end()..]);
    let joined = [", and ", " and ", ", or ", " or ", ", "].iter().find_map(|link| after.strip_prefix(link));
    let joined = joined.filter(|_| starts_clause(before) || !after.starts_with(", and ") && !after.starts_with(", or ") && !after.starts_with(" or "));
    let mut rest = joined.unwrap_or_else(|| after.trim_start_matches(' '));
    let closes = rest.starts_with(['.', ',', ';', ':', '!', '?', ')', '\n']) || rest.is_empty();
    let linked = [", and ", " and ", ", or ", " or ", ", "].iter().find_map(|link| before.strip_suffix(link)).filter(|_| joined.is_none());
    let (mut start, mut end) = (span.start(), all.len() - rest.len());
    if linked.is_some() || closes {
        start = linked.unwrap_or(before.trim_end_matches(' ')).len();
        end = span.end();
    } else if let Some(echo) = echo(word_before(span, text).0, rest) {
        rest = echo;
        end = all.len() - rest.len();
    }
    let next: String = rest.split([' ', '\n', '.', ',', ';']).next().unwrap_or("").to_owned();
    let mut edits = Vec::new();
    if starts_sentence(span, text) && !closes {
        edits.push(Edit { span: Span::of(start..end + next.len()), insert: capitalised(&next) });
    } else {
        edits.push(Edit { span: Span::of(start..end), insert: String::new() });
        edits.extend(article_edit(span, &next, text));
    }
    edits.sort_by_key(|e| e.span);
    Fix { title, edits, applicability }
}

/// What follows a word that is said again: “are” and “are expanding” → “expanding”.
fn echo<'t>(word: &str, rest: &'t str) -> Option<&'t str> {
    let (next, after) = rest.split_once(' ')?;
    (!word.is_empty() && next.eq_ignore_ascii_case(word)).then_some(after)
}

/// Words without what ends or parts them.
fn bare(words: &str) -> &str {
    words.trim_matches(|c: char| !c.is_alphanumeric())
}

/// A sentence goes with the space beside it. What is all of its line (an item, a cell) has a bullet or a frame that is not
/// text, so its author takes it out.
fn take_out_statement(statement: Span, text: &Text) -> Vec<Edit> {
    let all = text.as_str();
    let from = all[..statement.start()].rfind('\n').map_or(0, |n| n + 1);
    let to = all[statement.end()..].find('\n').map_or(all.len(), |n| statement.end() + n);
    let (before, after) = (&all[from..statement.start()], &all[statement.end()..to]);
    if bare(before).is_empty() && bare(after).is_empty() {
        return Vec::new();
    }
    let end = statement.end() + (after.len() - after.trim_start_matches(' ').len());
    let start = if end == to { from + before.trim_end_matches(' ').len() } else { statement.start() };
    vec![Edit { span: Span::of(start..end), insert: String::new() }]
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
    let (article, start) = word_before(span, text);
    let is_article = article.eq_ignore_ascii_case("a") || article.eq_ignore_ascii_case("an");
    let capitals = |word: &str| word.len() > 1 && word.chars().all(char::is_uppercase);
    // “NEED A WAREHOUSEMAN”, but not “A CEO”.
    let shouted = article.starts_with('A') && capitals(word_before(Span::of(start..start), text).0);
    let vowel = if shouted { starts_with_vowel_sound(&next.to_lowercase()) } else { starts_with_vowel_sound(next) };
    let wanted = if vowel { "an" } else { "a" };
    if !is_article || article.eq_ignore_ascii_case(wanted) || next.is_empty() {
        return None;
    }
    let insert = if shouted { wanted.to_uppercase() } else { in_case_of(wanted, article, true) };
    Some(Edit { span: Span::of(start..start + article.len()), insert })
}

/// The verb after “he”, where “they”, “you” or “we” takes its place: “she reports” → “they report”.
fn verb_edit(span: Span, insert: &str, text: &Text) -> Option<Edit> {
    const SINGULAR: [&str; 9] = ["he", "she", "he/she", "she/he", "s/he", "(s)he", "he or she", "she or he", "he / she"];
    let is_subject = SINGULAR.contains(&text.slice(span).to_lowercase().as_str());
    if !is_subject || !["they", "you", "we"].contains(&insert.to_lowercase().as_str()) {
        return None;
    }
    let mut at = span.end();
    // “she also never forgets”: adverbs may stand between.
    for _ in 0..3 {
        let rest = text.as_str()[at..].strip_prefix(' ')?;
        let word: &str = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        if let Some(verb) = plural_verb(word) {
            return Some(Edit { span: Span::of(at + 1..at + 1 + word.len()), insert: verb });
        }
        if !(word.ends_with("ly")
            || ["also", "never", "always", "often", "then", "sometimes", "alone", "soon", "thus", "perhaps", "afterwards"].contains(&word))
        {
            return None;
        }
        at += 1 + word.len();
    }
    None
}

/// “reports” → “report”, “has” → “have”; none where the word does not change: “will”, “had”.
fn plural_verb(verb: &str) -> Option<String> {
    let irregular = [
        ("is", "are"),
        ("has", "have"),
        ("was", "were"),
        ("does", "do"),
        ("goes", "go"),
        ("isn", "aren"),
        ("hasn", "haven"),
        ("doesn", "don"),
        ("wasn", "weren"),
    ];
    if let Some((_, plural)) = irregular.iter().find(|(singular, _)| *singular == verb) {
        return Some((*plural).to_owned());
    }
    let stem = verb
        .strip_suffix('s')
        .filter(|stem| stem.len() > 1 && !stem.ends_with('s') && !["alway", "perhap", "sometime", "thu", "plu", "beside", "afterward"].contains(stem))?;
    if let Some(stem) = stem.strip_suffix("ie").filter(|stem| stem.len() > 1) {
        return Some(format!("{stem}y"));
    }
    let hissing = ["she", "che", "sse", "xe", "zze"].iter().any(|end| stem.ends_with(end)) && !["ache", "cache"].contains(&stem);
    Some(if hissing { stem[..stem.len() - 1].to_owned() } else { stem.to_owned() })
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
        rewritten_in(text, words, 0..text.len(), kind)
    }

    fn rewritten_in(text: &str, words: &str, statement: std::ops::Range<usize>, kind: FixKind) -> String {
        let (applies, unless, against) = (Vec::new(), Vec::new(), Vec::new());
        let entry = Entry { rule: 0, severity: None, message: None, fixes: vec![kind], safe: false, applies, unless, coded: None, against };
        let start = text.find(words).expect("the words are there");
        let of = Text::new(text);
        let fixes = fixes(&entry, Span::of(start..start + words.len()), Some(Span::of(statement)), &of);
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
            ("WE NEED A FOREMAN", "FOREMAN", "stores operative", "WE NEED A STORES OPERATIVE"),
            ("WE NEED A STRONG MAN", "STRONG MAN", "able person", "WE NEED AN ABLE PERSON"),
            ("A CEO is wanted", "CEO", "expert", "An EXPERT is wanted"),
            ("the site foreman", "foreman", "site supervisor", "the site supervisor"),
            ("a natural hunter", "natural hunter", "someone who finds customers", "someone who finds customers"),
            ("the opposite sex", "opposite sex", "another gender", "another gender"),
            ("mentally infirm people", "mentally infirm", "people with dementia", "people with dementia"),
            ("a two-man team", "two-man team", "team of two", "a team of two"),
            ("with his own van", "own van", "a way to travel", "with a way to travel"),
            ("A 2:1 degree", "2:1 degree", "a degree in any class", "A degree in any class"),
            ("They are young and are growing.", "young", "", "They are growing."),
            ("Energetic and kind", "Energetic", "", "Kind"),
            ("Young, calm people", "Young", "", "Calm people"),
            ("If she reports, tell us.", "she", "they", "If they report, tell us."),
            ("He has a desk and he tries.", "He", "They", "They have a desk and he tries."),
            ("If he also carries it", "he", "you", "If you also carry it"),
            ("so she reaches us", "she", "they", "so they reach us"),
            ("so he manages us", "he", "they", "so they manage us"),
            ("he will lead", "he", "they", "they will lead"),
            ("he thus leads", "he", "they", "they thus lead"),
            ("she isn't there", "she", "they", "they aren't there"),
        ];
        for (text, words, with, expected) in cases {
            assert_eq!(rewritten(text, words, FixKind::Replace(with.to_owned())), expected, "{text}");
        }
    }

    #[test]
    fn a_sentence_is_taken_out_whole() {
        let entry = FixKind::Replace(String::new());
        assert_eq!(rewritten_in("Come in. No men. Ring us.", "No men", 9..16, entry.clone()), "Come in. Ring us.");
        assert_eq!(rewritten_in("Come in. No men.", "No men", 9..16, entry.clone()), "Come in.");
        assert_eq!(rewritten_in("Title\nNo men.\nRing us.", "No men", 6..13, entry), "Title\nNo men.\nRing us.", "a line is left to its author");
    }

    #[test]
    fn what_would_be_no_english_is_only_shown() {
        assert_eq!(rewritten("Someone who will stay late.", "stay late", FixKind::Replace("the agreed hours".into())), "Someone who will stay late.");
    }

    #[test]
    fn what_is_appended_stands_before_the_full_stop() {
        assert_eq!(
            rewritten("A degree in law.", "degree in law", FixKind::Append("or equivalent experience".into())),
            "A degree in law or equivalent experience."
        );
    }
}
