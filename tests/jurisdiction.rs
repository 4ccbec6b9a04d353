//! `jurisdiction = "auto"`: whose law an advert is read by, and what it goes by.

use jdlint::lint::JurisdictionFrom;
use jdlint::{Advert, Document, Format, Jurisdiction, Linter, Report, Ruleset, Settings};

fn auto(fallback: Jurisdiction) -> Linter {
    Linter::new(Ruleset::embedded(), Settings { jurisdiction: fallback, jurisdiction_from: JurisdictionFrom::Document, ..Settings::default() })
}

fn read(linter: &Linter, text: &str) -> Report {
    let document = Document::read(text.as_bytes(), Format::Text).expect("it is text");
    linter.check(&Advert::new(vec![document])).remove(0)
}

#[test]
fn an_advert_tells_whose_law_is_meant() {
    let linter = auto(Jurisdiction::Uk);
    for (code, text) in [
        ("uk", "Staff Nurse, Band 5. £28,407 to £34,581 a year. NHS pension. You need an enhanced DBS check."),
        ("uk", "Library Assistant, Leeds LS1 3AD. £12.60 an hour. Send your CV to jobs@example.org or ring 0113 496 0000."),
        ("uk", "We use the colour-coded programmes of our organisation in England, and pay £30k."),
        ("us", "Budget Analyst, GS-0560-09. U.S. citizenship is required. $61,000 to $79,000 a year."),
        ("us", "Store Manager. $18 an hour, 401(k), PTO. Equal Opportunity Employer. Austin, TX 78701."),
        ("us", "Send your resume. You analyze data in our Chicago center. Pay: $70,000. Call (312) 555-0182? No: 312.555.0182."),
        ("ie", "Clerical Officer, Dublin. €27,000 a year. Garda vetting applies."),
        ("ie", "Chef, Galway H91 E2K3. €15 an hour. Ring +353 91 000 000."),
        ("ca", "Program Coordinator, Toronto, Ontario M5V 3L9. $62,000 with an RRSP. You must be legally entitled to work in Canada."),
        ("ca", "Nurse, Vancouver. CAD 45 an hour. A vulnerable sector check is needed."),
        ("au", "Teacher aide, Brisbane QLD 4000. $35 an hour plus superannuation. A Working with Children Check is needed."),
        ("au", "We encourage Aboriginal and Torres Strait Islander people to apply. Organise our labour programmes. $90,000."),
        ("eu", "Software Engineer, Berlin, Germany. €70,000 a year. EU work permit needed. GmbH."),
        ("eu", "Policy Officer at the European Commission, Brussels. Pay by the Staff Regulations of Officials."),
    ] {
        let report = read(&linter, text);
        assert_eq!(report.jurisdiction.code(), code, "{text}\n{:?}", report.notices);
        assert!(report.notices.iter().any(|n| n.starts_with(&format!("read by the law of {}, going by ", report.jurisdiction.name()))), "{:?}", report.notices);
    }
}

#[test]
fn what_stands_in_passing_weighs_less_than_the_place_of_work() {
    let linter = auto(Jurisdiction::Uk);
    for (code, text) in [
        ("uk", "Account Manager, Manchester. £40,000. You look after clients in New York and Toronto, some of whom spend $1,000,000 a year."),
        ("us", "Sales lead in Chicago, IL 60601. $95,000, PTO. You work with our offices in London and the UK."),
        ("ie", "Engineer in Cork, with colleagues in London. €60,000. Your PPS number is asked for on the first day."),
    ] {
        assert_eq!(read(&linter, text).jurisdiction.code(), code, "{text}");
    }
}

#[test]
fn where_nothing_tells_the_settings_do() {
    let report = read(&auto(Jurisdiction::Ie), "We need a cook who can bake bread.");
    assert_eq!(report.jurisdiction, Jurisdiction::Ie);
    assert_eq!(report.notices, ["nothing tells whose law is meant, so this was read by that of Ireland"]);
}

#[test]
fn documents_of_one_advert_are_read_together() {
    let part = |text: &str| Document::read(text.as_bytes(), Format::Text).expect("it is text");
    let reports = auto(Jurisdiction::Uk).check(&Advert::new(vec![part("Cook wanted for our kitchen."), part("Garda vetting applies. €30,000.")]));
    assert!(reports.iter().all(|r| r.jurisdiction == Jurisdiction::Ie));
}

#[test]
fn a_jurisdiction_that_is_named_is_not_read() {
    let linter = Linter::new(Ruleset::embedded(), Settings { jurisdiction: Jurisdiction::Ca, ..Settings::default() });
    let report = read(&linter, "Clerk, Dublin. €27,000. Garda vetting.");
    assert_eq!((report.jurisdiction, report.notices.len()), (Jurisdiction::Ca, 0));
}
