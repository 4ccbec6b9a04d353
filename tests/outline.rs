//! What an advert's parts are taken for: sections, statements and their bindings, duties, role, language, kind.

use jdlint::outline::{Because, Binding, Kind, Language, Outline, SectionKind, Seniority, StatementRole, Wordings, outline};
use jdlint::{Document, Format};
use proptest::strategy::Strategy;

fn read(format: Format, text: &str) -> (Document, Outline) {
    let document = Document::read(text.as_bytes(), format).expect("it is text");
    let outline = outline(&document, &Wordings::embedded());
    (document, outline)
}

/// What the statement that holds `words` was taken for: “mandatory”, “expected”, “preferred”, “waiver”, “duty”, “heading”, “text”.
fn taken_for(document: &Document, outline: &Outline, words: &str) -> &'static str {
    let at = document.text().as_str().rfind(words).unwrap_or_else(|| panic!("{words}: not in {}", document.text().as_str()));
    let statement = outline.statements.iter().find(|s| s.span.end() > at).expect("every word is in a statement");
    match (statement.role, statement.binding) {
        (StatementRole::Waiver, _) => "waiver",
        (StatementRole::Duty, _) => "duty",
        (StatementRole::Heading, _) => "heading",
        (_, Binding::Mandatory) => "mandatory",
        (_, Binding::Expected) => "expected",
        (_, Binding::Preferred) => "preferred",
        (_, Binding::Neutral) => "text",
    }
}

/// Checks many small adverts, and shows all that fall short at once.
fn check(format: Format, cases: &[(&str, &[(&str, &str)])]) {
    let wordings = Wordings::embedded();
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let document = Document::read(text.as_bytes(), format).expect("it is text");
        let outline = outline(&document, &wordings);
        for (words, is) in *expected {
            let found = taken_for(&document, &outline, words);
            if found != *is {
                wrong.push(format!("“{words}” is {is}, taken for {found}, in\n{text}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} fall short:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_the_employer_tells_is_no_criterion() {
    check(
        Format::Markdown,
        &[
            (
                "## Essential\n- Kind to people\n\nIn return for your hard work, we offer a wide range of benefits including\n\n- Childcare vouchers\n- A pension",
                &[("Kind", "mandatory"), ("Childcare", "text"), ("A pension", "text")],
            ),
            (
                "WE ARE LOOKING FOR PEOPLE LIKE YOU!\n\nThe purpose built hospital is an open service. All bedrooms have a view. You will be kind and patient.",
                &[("The purpose built", "text"), ("All bedrooms", "text"), ("You will be kind", "mandatory")],
            ),
            ("You will have ample opportunity to learn. You will have good skills.", &[("You will have ample", "text"), ("You will have good", "mandatory")]),
            ("## Responsibilities\n- Run the shop\n\n**Communications**\n\n- Liaise with the vicar", &[("Liaise", "duty")]),
            ("## Essential\n\n**Communication**\n\n- Liaises well with others", &[("Liaises", "mandatory")]),
            ("## About the job\n\nYou’ll be:\n\n- scoping and editing content\n- managing relationships", &[("scoping", "duty"), ("managing", "duty")]),
            ("## You’ll be:\n- willing to learn\n- calm", &[("willing", "mandatory"), ("calm", "mandatory")]),
            (
                "## Person specification\n\nShortlisting criteria: Essential criteria are used to shortlist.\n\n## Essential\n- Calm",
                &[("Essential criteria", "text"), ("Calm", "mandatory")],
            ),
            ("## Essential\n- Exemplify desired departmental values\n- A degree is desired", &[("Exemplify", "mandatory"), ("A degree", "preferred")]),
        ],
    );
}

#[test]
fn a_topic_asks_only_within_a_specification() {
    check(
        Format::Markdown,
        &[
            (
                "## Duties\n- Run the shop\n\n## Equal opportunities\n\nWe aim to develop all our staff. To be eligible, your disability must be within the Act.\n\n- ‘substantial’ means more than minor",
                &[("We aim", "text"), ("To be eligible", "text"), ("‘substantial’", "text")],
            ),
            (
                "## Person specification\n\n**Skills**\n- Keeps accounts\n\n**Equal opportunities**\n- Commitment to fair treatment",
                &[("Keeps accounts", "mandatory"), ("Commitment to fair", "mandatory")],
            ),
            ("## Duties\n- Run the shop\n\n## Special circumstances\n\nThere may be occasional work during the school holidays.", &[("There may be", "text")]),
        ],
    );
}

#[test]
fn what_is_only_likely_or_only_points_on_does_not_bind() {
    check(
        Format::Markdown,
        &[
            ("# Chef\n\nIt is likely that the successful candidates will have proven experience in the industry.", &[("It is likely", "expected")]),
            (
                "## Desirable\n- Knowledge of databases\n\nIn addition to the skills listed above successful candidates will need to demonstrate broad competencies as below.",
                &[("In addition", "text")],
            ),
            ("## How to apply\n- a completed nationality form (enclosed). This form is mandatory.", &[("a completed", "text")]),
        ],
    );
}

#[test]
fn what_is_joined_on_as_ideal_leaves_what_stands_before_it_binding() {
    let cases: [(&str, &[(&str, &str)]); 5] = [
        ("## Essential\n- A degree and ideally a master's", &[("A degree", "mandatory"), ("ideally a master", "preferred")]),
        ("## Essential\n- Experience of payroll, and ideally pensions", &[("Experience of payroll", "mandatory"), ("ideally pensions", "preferred")]),
        ("## Essential\n- You hold a degree and would ideally speak Welsh", &[("You hold", "mandatory"), ("ideally speak", "preferred")]),
        ("## Essential\n- Experience of Excel (ideally advanced) and Word", &[("Experience of Excel", "mandatory")]),
        ("## Essential\n- Ideally a degree", &[("Ideally", "preferred")]),
    ];
    check(Format::Markdown, &cases);
    let (document, outline) = read(Format::Markdown, cases[2].0);
    let words: Vec<&str> = outline.statements.iter().map(|s| document.slice(s.span)).collect();
    assert_eq!(words, ["Essential", "You hold a degree", "ideally speak Welsh"]);
}

#[test]
fn running_text_names_the_post_where_no_line_does() {
    for (text, expected) in [
        ("# Job description\n\nWe are seeking a talented and passionate Web Developer to join our team.", Some("Web Developer")),
        ("# Job description (as per listing)\n\nThe trust is looking for an experienced Head of Finance who can lead.", Some("Head of Finance")),
        ("# Job description\n\nThe farm is hiring a kind veterinary nurse with patience.", Some("veterinary nurse")),
        ("# Job description\n\nWe are looking for a great person to join us.", None),
        ("# Job description\n\nWe are looking for a Juniors to join us.", None),
        ("# Role profile form\n\n4. ROLE TITLE IN FULL: Pupil Support Manager", Some("Pupil Support Manager")),
    ] {
        let (_, outline) = read(Format::Markdown, text);
        assert_eq!(outline.title.as_ref().map(|t| t.text.as_str()), expected, "{text}");
    }
}

#[test]
fn a_gap_in_a_template_is_no_criterion() {
    check(Format::Text, &[("Essential:\n\n{{RequiredSkills}}\n\nCalm manner", &[("RequiredSkills", "text"), ("Calm", "mandatory")])]);
}

#[test]
fn criteria_are_heard_in_many_forms() {
    check(
        Format::Markdown,
        &[
            (
                "The “must haves” for you to be considered for this role:\n\nRegistered with the HCPC\n\nExperience in training",
                &[("Registered", "mandatory"), ("Experience", "mandatory")],
            ),
            ("To take on the challenges, you ll need:\n- A degree\n- Patience", &[("A degree", "mandatory"), ("Patience", "mandatory")]),
            ("Good organisation and a calm manner are all essential criteria.", &[("Good organisation", "mandatory")]),
            (
                "The team is small. They should be skilled at translating. They need to be able to clean data.",
                &[("They should", "expected"), ("They need", "mandatory")],
            ),
            ("The successful candidate will have a car. They will have experience of volunteers.", &[("They will have", "mandatory")]),
            ("The post holder will need to work alone, and be a car driver.", &[("The post holder", "mandatory")]),
            (
                "## Responsibilities\n- Proven ability to write\n- Ability to count\n- Strong communication skills\n- Excellent attention to detail\n- Experience of data",
                &[("Proven", "mandatory"), ("Excellent", "mandatory")],
            ),
            (
                "## Responsibilities\n- Manage a team\n- Ability to count\n- Run reports\n- Send invoices\n- Experience the joy of data",
                &[("Manage", "duty"), ("Run", "duty")],
            ),
            (
                "## Essential\n- A year of practice, with experience of science particularly preferred",
                &[("A year", "mandatory"), ("with experience", "preferred")],
            ),
            ("**Requirements:**\n\nNHS experience\n\nGood with people", &[("NHS experience", "mandatory"), ("Good", "mandatory")]),
            ("Experience\n\nHas worked with horses\n\nOf the following qualities please apply:\n- Calm", &[("Has worked", "mandatory")]),
            (
                "If you have any of the following qualities please apply for this post:\n- Proactive\n- IT confident?",
                &[("Proactive", "mandatory"), ("IT conf", "mandatory")],
            ),
        ],
    );
}

#[test]
fn headings_bind_what_stands_under_them() {
    check(
        Format::Markdown,
        &[
            ("## Essential\n- A degree", &[("A degree", "mandatory"), ("Essential", "heading")]),
            ("## Desirable\n- A degree", &[("A degree", "preferred")]),
            ("## What you’ll need 🚀\n- A degree", &[("A degree", "mandatory")]),
            ("## Nice-to-haves\n- A degree", &[("A degree", "preferred")]),
            ("## A) Essential (7):\n- A degree", &[("A degree", "mandatory")]),
            ("## 1. Main duties\n- Drive a van", &[("Drive a van", "duty")]),
            (
                "## Main duties\n- Visit clients at home\n- Interview candidates\n- Submit VAT returns\n- Send invoices to suppliers",
                &[("Visit", "duty"), ("Interview", "duty"), ("Submit", "duty"), ("Send", "duty")],
            ),
            (
                "## Main duties\n- Visit our website\n- Submit your CV by Friday\n- Interviews will be in May",
                &[("Visit", "text"), ("Submit", "text"), ("Interviews", "text")],
            ),
            // A county council's form for role profiles.
            ("## 15. Role requirements for operational effectiveness.\n- A degree", &[("A degree", "mandatory")]),
            ("## Asset qualifications\n- A degree", &[("A degree", "preferred")]),
            ("## Statement of merit criteria\n- A degree", &[("A degree", "mandatory")]),
            ("## You’ll fit right in if…\n- You have a degree", &[("You have a degree", "mandatory")]),
            ("## Who you are\n- Good with figures", &[("Good with figures", "mandatory")]),
            ("## Who we are\n- Good with figures", &[("Good with figures", "text")]),
            ("## The ideal candidate\n- Good with figures", &[("Good with figures", "expected")]),
            ("## Key objectives\n- Cut the queues", &[("Cut the queues", "duty")]),
            ("## Benefits\n- A pension", &[("A pension", "text")]),
            (
                "# Nurse\n## Person specification\n### Education\n- A degree\n### Experience\n- Ward work",
                &[("A degree", "mandatory"), ("Ward work", "mandatory")],
            ),
            ("## Desirable\n### Education\n- A degree", &[("A degree", "preferred")]),
            ("## Desirable\n### Sailing and knots\n- A degree", &[("A degree", "preferred")]),
            ("## Requirements\n- Tidy\n## Our garden\nRoses grow in it.", &[("Roses grow", "text")]),
            ("# Benefits Officer\n\n- A degree is essential", &[("A degree", "mandatory")]),
            ("## Person specification – desirable\n- A degree", &[("A degree", "preferred")]),
        ],
    );
}

#[test]
fn lines_stand_as_headings_without_markup() {
    check(
        Format::Text,
        &[
            ("Clerk\n\nESSENTIAL CRITERIA\n\nA degree\n\nDESIRABLE\n\nA car", &[("A degree", "mandatory"), ("A car", "preferred")]),
            ("Clerk\n\nRequirements:\n- A degree\nBenefits:\n- A car", &[("A degree", "mandatory"), ("A car", "text")]),
            ("Clerk\n\nWhat you need\n• A degree\n\nWhat would be nice\n• A car", &[("A degree", "mandatory"), ("A car", "preferred")]),
            ("Clerk\n\n1. Main duties\nDrive the van\n2. Essential\nA degree", &[("Drive the van", "duty"), ("A degree", "mandatory")]),
            ("Essential: a degree\nDesirable: a car", &[("a degree", "mandatory"), ("a car", "preferred"), ("Essential", "heading")]),
            ("Essential: a degree. Desirable: a car.", &[("a degree", "mandatory"), ("a car", "preferred")]),
            ("Requirements\n- A degree\nHours: 37.5 per week", &[("37.5", "text")]),
            (
                "Person specification\nJob title: Clerk\nMethod of assessment: interview\nEssential\n- A degree",
                &[("Clerk", "text"), ("interview", "text"), ("A degree", "mandatory")],
            ),
        ],
    );
    check(
        Format::Html,
        &[
            ("<p><b>You must have</b></p><p>a degree</p><p><b>Benefits</b></p><p>a car</p>", &[("a degree", "mandatory"), ("a car", "text")]),
            ("<b>REQUIREMENTS</b><br>- A degree<br><br><b>NICE TO HAVE</b><br>- A car", &[("A degree", "mandatory"), ("A car", "preferred")]),
        ],
    );
}

#[test]
fn prose_leads_lists_in() {
    check(
        Format::Markdown,
        &[
            (
                "To be successful you will need:\n- a degree\n\nThe hospital has a garden.",
                &[("a degree", "mandatory"), ("garden", "text"), ("To be successful", "heading")],
            ),
            ("It would help if you have:\n- a degree", &[("a degree", "preferred")]),
            ("As a nurse you will:\n- drive a van", &[("drive a van", "duty")]),
            ("The successful candidate will:\n- have a degree\n- hold a licence", &[("have a degree", "mandatory")]),
            ("The successful candidate will:\n- lead the team", &[("lead the team", "duty")]),
            ("We are looking for someone who\n- has a degree", &[("has a degree", "mandatory")]),
            ("We offer:\n- a degree course", &[("a degree course", "text")]),
            ("## Essential\n- Knowledge of law, including:\n  - contracts\n- A degree", &[("contracts", "mandatory"), ("A degree", "mandatory")]),
            ("Ideally you’ll also have:\n- a degree", &[("a degree", "preferred")]),
            ("We would love to hear from you if you:\n- have a degree", &[("have a degree", "mandatory")]),
        ],
    );
}

#[test]
fn a_statements_own_words_win_if_they_speak_of_binding() {
    check(
        Format::Markdown,
        &[
            ("## Essential\n- A degree would be an advantage", &[("A degree", "preferred")]),
            ("## Essential\n- Minimum of five years of sales", &[("five years", "mandatory")]),
            ("## Desirable\n- At least five years of sales", &[("five years", "preferred")]),
            ("## Desirable\n- A degree (essential)", &[("A degree", "mandatory")]),
            ("## Desirable\n- You will have a degree", &[("degree", "preferred")]),
            ("## Essential\n- You should have a degree", &[("degree", "expected")]),
            ("## Desirable\n- You should have a degree", &[("degree", "preferred")]),
            ("## Requirements\n- A degree (desirable)", &[("A degree", "preferred")]),
            ("## Requirements\n- Usually five years of sales", &[("five years", "preferred")]),
            ("## Requirements\n- A degree (D)\n- A car (E)", &[("A degree", "preferred"), ("A car", "mandatory")]),
            ("## Requirements\n- Experience of Python, ideally with Django", &[("Experience of Python", "mandatory"), ("with Django", "preferred")]),
            ("## Requirements\n- Bachelor’s degree required; master’s preferred", &[("Bachelor", "mandatory"), ("master", "preferred")]),
            ("## Requirements\n- E = essential, D = desirable", &[("E =", "text")]),
            ("A degree is essential and a car is desirable.", &[("A degree", "mandatory"), ("a car", "preferred")]),
            ("Previous experience is desirable but not essential.", &[("Previous", "preferred")]),
        ],
    );
}

#[test]
fn prose_asks_outside_of_person_sections() {
    check(
        Format::Markdown,
        &[
            ("You must hold a degree.", &[("degree", "mandatory")]),
            ("Must have a degree", &[("degree", "mandatory")]),
            ("Applicants must be able to drive.", &[("drive", "mandatory")]),
            ("You will have a degree.", &[("degree", "mandatory")]),
            ("You’ll bring a degree.", &[("degree", "mandatory")]),
            ("We are looking for someone with a degree.", &[("degree", "mandatory")]),
            ("Experience of sales is essential.", &[("sales", "mandatory")]),
            ("The ideal candidate will have a degree.", &[("degree", "expected")]),
            ("We would expect you to have a degree.", &[("degree", "expected")]),
            ("You will ideally have a degree.", &[("degree", "preferred")]),
            ("You will drive a van.", &[("van", "duty")]),
            ("You will be responsible for the van.", &[("van", "duty")]),
            ("You will have the opportunity to take a degree.", &[("degree", "text")]),
            ("The post holder must ensure that the van is clean.", &[("van", "duty")]),
            ("The post holder must hold a degree.", &[("degree", "mandatory")]),
            ("- A degree in law\n- Five years of practice\n- Strong drafting skills", &[("A degree", "mandatory"), ("drafting", "mandatory")]),
            ("## What you will do\n- Answer the phone as required\n- Cover other desks as necessary", &[("phone", "duty"), ("desks", "duty")]),
            ("## What you will do\n- You will be required to cover other desks", &[("desks", "duty")]),
            ("## Duties\n- Visit clients in their homes", &[("Visit", "duty")]),
            ("## What you will do\n- A driving licence is essential", &[("licence", "mandatory")]),
            ("## How to apply\nYour application must be with us by Friday.", &[("Friday", "text")]),
            ("## How to apply\nYou must be eligible to work in the UK.", &[("eligible", "mandatory")]),
            ("This is an essential car user post.", &[("car user", "text")]),
            ("We sell essential oils in a must-see market.", &[("oils", "text")]),
            ("Should you have any questions, ring us.", &[("questions", "text")]),
            ("## Requirements\n- A degree\n\nWe are a friendly team.", &[("friendly", "text")]),
        ],
    );
}

#[test]
fn what_is_not_asked_is_a_waiver() {
    check(
        Format::Markdown,
        &[
            ("No experience necessary.", &[("experience", "waiver")]),
            ("A degree is not required.", &[("degree", "waiver")]),
            ("You don’t need a degree.", &[("degree", "waiver")]),
            ("Don’t worry if you have no degree.", &[("degree", "waiver")]),
            ("## Requirements\n- A degree is not essential", &[("degree", "waiver")]),
            ("No degree is required but you must have a licence.", &[("degree", "waiver"), ("licence", "mandatory")]),
        ],
    );
}

#[test]
fn person_specification_tables_bind_by_column_letter_and_tick() {
    check(
        Format::Markdown,
        &[
            (
                "| | Essential | Desirable | How assessed |\n|-|-|-|-|\n| Education | A degree | A doctorate | Interview |",
                &[("A degree", "mandatory"), ("A doctorate", "preferred"), ("Interview", "text"), ("Education", "text"), ("Desirable", "heading")],
            ),
            ("| Criterion | E/D |\n|-|-|\n| A degree | E |\n| A car | D |", &[("A degree", "mandatory"), ("A car", "preferred")]),
            ("| Importance | Criterion |\n|-|-|\n| Essential | A degree |\n| Desirable | A car |", &[("A degree", "mandatory"), ("A car", "preferred")]),
            ("| Criterion | Essential | Desirable |\n|-|-|-|\n| A degree | ✓ | |\n| A car | | ✓ |", &[("A degree", "mandatory"), ("A car", "preferred")]),
            (
                "| Area | Criterion | Essential | Desirable | A/I/T |\n|-|-|-|-|-|\n| Skills | A degree | X | | A |\n| | A car | | x | I |",
                &[("A degree", "mandatory"), ("A car", "preferred"), ("Skills", "text")],
            ),
            ("| You must be able to show | We’d also like |\n|-|-|\n| a degree | a car |", &[("a degree", "mandatory"), ("a car", "preferred")]),
            (
                "| Attribute | Requirement |\n|-|-|\n| Education | Essential: a degree. Desirable: a doctorate. |",
                &[("a degree", "mandatory"), ("a doctorate", "preferred")],
            ),
            (
                "| | Essential | Desirable |\n|-|-|-|\n| Skills | Drafting | Welsh |\n| | Essential | Desirable |\n| Other | A licence | A car |",
                &[("A licence", "mandatory"), ("A car", "preferred")],
            ),
            ("## Person specification\n\n| Criteria | Assessed by |\n|-|-|\n| A degree | Interview |", &[("A degree", "mandatory"), ("Interview", "text")]),
            ("| Salary | £20,000 |\n|-|-|\n| Place | Leeds |", &[("Leeds", "text"), ("£20,000", "text")]),
        ],
    );
    check(
        Format::Html,
        &[
            (
                "<table><tr><th rowspan=2 colspan=2>Criteria</th><th colspan=2>Importance</th></tr><tr><th>Essential</th><th>Desirable</th></tr>\
                 <tr><td colspan=4>Part A: shortlisting</td></tr><tr><td rowspan=2>Education</td><td>A degree</td><td>✓</td><td></td></tr>\
                 <tr><td>A doctorate</td><td></td><td>✓</td></tr></table>",
                &[("A degree", "mandatory"), ("A doctorate", "preferred"), ("Part A", "heading"), ("Education", "text")],
            ),
            (
                "<table><tr><td>Essential criteria</td></tr><tr><td><ul><li>A degree</ul></td></tr><tr><td>Desirable criteria</td></tr><tr><td><ul><li>A car</ul></td></tr></table>",
                &[("A degree", "mandatory"), ("A car", "preferred")],
            ),
            (
                "<table><tr><td>Education</td><td><p><b>Essential</b></p><p>A degree</p><p><b>Desirable</b></p><p>A doctorate</p></td></tr></table>",
                &[("A degree", "mandatory"), ("A doctorate", "preferred")],
            ),
            (
                "<table><tr><td><table><tr><th>Criterion</th><th>E/D</th></tr><tr><td>A degree</td><td>E</td></tr><tr><td>A car</td><td>D</td></tr></table></td></tr></table>",
                &[("A degree", "mandatory"), ("A car", "preferred")],
            ),
        ],
    );
}

#[test]
fn text_that_lost_its_lines_keeps_its_headings() {
    let filler = "The team looks after the town and its people all the year round. ".repeat(8);
    let advert =
        format!("{filler}You join us at once. Essential Requirements At least two years of sales and a degree in law Desirable Criteria Welsh and a car");
    check(Format::Text, &[(&advert, &[("two years", "mandatory"), ("Welsh", "preferred")])]);
}

#[test]
fn what_decided_is_kept() {
    let (document, outline) = read(Format::Markdown, "## Essential\n- A degree\n- Welsh is desirable\n\n| | Desirable |\n|-|-|\n| Skills | French |");
    let because = |words: &str| {
        let at = document.text().as_str().find(words).expect("it is there");
        let statement = outline.statements.iter().find(|s| s.span.end() > at).expect("it is in a statement");
        (statement.because, statement.because.span().map(|s| document.slice(s)).unwrap_or_default())
    };
    assert!(matches!(because("A degree"), (Because::Section(_), "Essential")));
    assert!(matches!(because("Welsh"), (Because::OwnWords(_), "is desirable")));
    assert!(matches!(because("French"), (Because::Column(_), "Desirable")));
}

#[test]
fn sections_run_to_the_next_heading() {
    let (document, outline) = read(Format::Markdown, "# Clerk\n\nA post.\n\n## Duties\n\nFiling.\n\n## Essential\n\n- Care\n\n## How to apply\n\nWrite.");
    let found: Vec<(SectionKind, &str)> = outline.sections.iter().map(|s| (s.kind, document.slice(s.span))).collect();
    assert_eq!(
        found,
        [
            (SectionKind::Other, "Clerk\nA post."),
            (SectionKind::Responsibilities, "Duties\nFiling."),
            (SectionKind::Essential, "Essential\nCare"),
            (SectionKind::Apply, "How to apply\nWrite.")
        ]
    );
}

#[test]
fn titles_tell_role_and_seniority() {
    let wordings = Wordings::embedded();
    for (text, title, role, seniority) in [
        ("# Registered Nurse – Band 5, Ward 3\n\nCare.", "Registered Nurse – Band 5, Ward 3", Some("nurse"), Seniority::Middle),
        ("# Nurse Manager\n\nCare.", "Nurse Manager", Some("nurse"), Seniority::Middle),
        ("# Doctor’s receptionist\n\nCare.", "Doctor’s receptionist", Some("medical-secretary"), Seniority::Middle),
        ("# Nurse Recruiter\n\nCare.", "Nurse Recruiter", Some("recruiter"), Seniority::Middle),
        ("# Assistant to the Head Teacher\n\nCare.", "Assistant to the Head Teacher", None, Seniority::Middle),
        ("# Job description: Primary Teacher\n\nCare.", "Primary Teacher", Some("teacher"), Seniority::Middle),
        ("# Senior Solicitor\n\nCare.", "Senior Solicitor", Some("solicitor"), Seniority::Senior),
        ("# Trainee Solicitor\n\nCare.", "Trainee Solicitor", Some("solicitor"), Seniority::Entry),
        ("# Student Adviser\n\nCare.", "Student Adviser", None, Seniority::Middle),
        ("Job title: Bus Driver\n\nCare.", "Bus Driver", Some("bus-driver"), Seniority::Middle),
        ("| Post title | Midwife |\n|-|-|\n| Grade | 6 |", "Midwife", Some("midwife"), Seniority::Middle),
        ("# Caretaker – Hill Junior School\n\nCare.", "Caretaker – Hill Junior School", Some("caretaker"), Seniority::Middle),
    ] {
        let (_, outline) = read(Format::Markdown, text);
        assert_eq!(outline.title.as_ref().map(|t| t.text.as_str()), Some(title), "{text}");
        let found = outline.roles.first().map(|r| wordings.role_name(r.role));
        if role.is_some() || title.contains("Teacher") {
            assert_eq!(found, role, "{text}");
        }
        assert_eq!(outline.seniority, seniority, "{text}");
    }
}

#[test]
fn a_regulator_in_the_criteria_tells_the_role() {
    let wordings = Wordings::embedded();
    let nurse = wordings.role_id("nurse");
    let has = |text: &str| read(Format::Markdown, text).1.roles.iter().any(|r| Some(r.role) == nurse);
    assert!(has("# Team member\n\n## Essential\n- Registered with the NMC"));
    assert!(!has("# Team member\n\nWe work with the NMC to raise standards for the people whom our teams support."));
    assert!(wordings.group("care").is_some_and(|g| g.contains(&nurse.unwrap_or(u16::MAX))));
    // The title outweighs it where the post is on no register.
    assert!(!has("# Receptionist\n\n## Essential\n- Registered with the NMC"));
}

#[test]
fn duties_are_tagged_with_what_they_have_people_do() {
    let wordings = Wordings::embedded();
    let driving = wordings.activity_id("driving").expect("the activity is known");
    let drives = |text: &str| read(Format::Markdown, text).1.duties.iter().any(|d| d.activities.contains(&driving));
    assert!(drives("## Duties\n- Drive the minibus between sites"));
    assert!(drives("You will drive the van to customers."));
    assert!(!drives("## Duties\n- Drive change across the council"));
    assert!(!drives("## About us\nWe drive the van of progress."));
}

#[test]
fn other_languages_are_left_alone() {
    let welsh =
        "## Cymraeg\n\nMae’r swydd hon yn cynnig gwaith gyda’r tîm ac mae’n rhaid i chi fod yn barod i ddysgu.\n\n### Hanfodol\n\n- Gradd berthnasol\n\n";
    let english = "## English\n\nThe post is with our team in the town and you will learn.\n\n### Essential\n\n- Relevant degree\n";
    let (document, outline) = read(Format::Markdown, &format!("{welsh}{english}"));
    let language = |words: &str| {
        let at = document.text().as_str().find(words).expect("it is there");
        outline.statements.iter().find(|s| s.span.end() > at).map(|s| s.language)
    };
    assert_eq!(language("Gradd"), Some(Language::Other));
    assert_eq!(language("Hanfodol"), Some(Language::Other));
    assert_eq!(language("Relevant"), Some(Language::English));
    assert_eq!(outline.notices, ["the part in Welsh was left alone, since the rules speak English"]);
}

#[test]
fn whole_documents_in_other_languages_are_told() {
    for text in [
        "Nous cherchons une personne pour notre équipe à Lyon, avec de l’expérience dans la vente et le conseil.",
        "Wir suchen eine Person für unser Team in Berlin, die mit uns an der Zukunft arbeitet und sich auf neue Aufgaben freut.",
        "Buscamos una persona para nuestro equipo en Madrid, con experiencia en ventas y ganas de aprender de los demás.",
        "Cerchiamo una persona per il nostro gruppo di Milano, con esperienza nella vendita e che sia pronta a imparare.",
        "Wij zoeken een collega voor ons team in Utrecht, met ervaring in de verkoop en die graag met ons mee wil werken.",
        "Szukamy osoby do pracy w naszej firmie, która będzie się zajmować sprzedażą oraz obsługą klienta na terenie miasta.",
    ] {
        let (_, outline) = read(Format::Text, text);
        assert!(outline.statements.iter().all(|s| s.language == Language::Other), "{text}");
        assert_eq!(outline.notices.len(), 1, "{text}");
    }
    for text in [
        "A degree in law",
        "Fluent in Français and Deutsch, and able to write to la direction in Paris for us",
        "Café manager, vis-à-vis the gare du Nord, to work with our team",
    ] {
        let (_, outline) = read(Format::Text, text);
        assert!(outline.statements.iter().all(|s| s.language == Language::English), "{text}");
    }
}

#[test]
fn kinds_of_document_are_told_apart() {
    let readme = "# frobnicate\n\nA library that turns frobs into nicates.\n\n## Installation\n\n    cargo install frobnicate\n\n## Usage\n\n".to_owned()
        + &"    let x = frobnicate(y);\n".repeat(40);
    for (text, kind) in [
        ("# Clerk\n\nWe are looking for a clerk to join our team. £20,000 per annum.\n\n## How to apply\n\nSend your CV by Friday.", Kind::Advert),
        ("# Person specification\n\n## Essential\n\n- A degree\n\n## Desirable\n\n- A car", Kind::PersonSpecification),
        ("# Clerk\n\n## Main duties\n\n- File letters\n- Answer the phone\n\n## Reporting to\n\nThe head clerk", Kind::JobDescription),
        ("Must have a degree", Kind::PersonSpecification),
        (&readme, Kind::Other),
    ] {
        assert_eq!(read(Format::Markdown, text).1.kind, kind, "{text}");
    }
    assert_ne!(read(Format::Markdown, "Chairman").1.kind, Kind::Other);
}

proptest::proptest! {
    #[test]
    fn statements_are_in_order_and_within_their_blocks(lines in proptest::collection::vec(line(), 0..25)) {
        let text = lines.join("\n");
        for format in [Format::Text, Format::Markdown, Format::Html] {
            let Ok(document) = Document::read(text.as_bytes(), format) else { continue };
            let outline = outline(&document, &WORDINGS);
            let mut end = 0;
            for statement in &outline.statements {
                proptest::prop_assert!(statement.span.start() >= end);
                end = statement.span.end();
                let block = &document.blocks()[statement.block as usize];
                proptest::prop_assert!(block.span.contains(statement.span));
                let section = statement.section.map(|s| s as usize);
                proptest::prop_assert!(section.is_some_and(|s| s < outline.sections.len()));
            }
            for duty in &outline.duties {
                proptest::prop_assert!((duty.statement as usize) < outline.statements.len());
            }
        }
    }
}

static WORDINGS: std::sync::LazyLock<Wordings> = std::sync::LazyLock::new(Wordings::embedded);

/// Lines that look like an advert's, and some that look like nothing.
fn line() -> impl Strategy<Value = String> {
    let known = [
        "## Essential",
        "Desirable:",
        "- A degree, ideally in law",
        "| Essential | Desirable |",
        "|-|-|",
        "| A degree | ✓ |",
        "You will have:",
        "<table><tr><td>E<td>a degree",
        "  - and a car (D)",
        "REQUIREMENTS",
        "Essential: a – degree. Desirable: a “car”…",
        "",
        "Mae’r swydd hon yn y dref",
        "<b>Nice to have</b>",
        "No experience is needed but you must drive; Welsh is desirable.",
        "1. Main duties",
    ];
    let known = proptest::sample::select(known.to_vec()).prop_map(str::to_owned);
    proptest::prop_oneof![known, "\\PC{0,30}"]
}
