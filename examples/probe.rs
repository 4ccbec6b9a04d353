use jdlint::*;
fn main() {
    let t = std::time::Instant::now();
    let l = Linter::new(Ruleset::embedded(), Settings::default());
    println!("load {:?}", t.elapsed());
    let what = std::env::args().nth(1).unwrap();
    let p = std::env::args().nth(2).unwrap();
    let b = std::fs::read(&p).unwrap();
    let f = Format::of_extension(p.rsplit('.').next().unwrap()).unwrap();
    let d = Document::read(&b, f).unwrap();
    let a = Advert::new(vec![d.clone()]);
    let t = std::time::Instant::now();
    for _ in 0..3000 {
        match what.as_str() {
            "read" => { let _ = std::hint::black_box(Document::read(&b, f)); }
            "outline" => { let _ = std::hint::black_box(l.outline(&d)); }
            "check" => { let _ = std::hint::black_box(l.check(&a)); }
            _ => { let _ = std::hint::black_box(Linter::new(Ruleset::embedded(), Settings::default())); }
        }
    }
    println!("{what} {:?}", t.elapsed() / 3000);
}
