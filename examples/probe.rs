use jdlint::*;
fn main() {
    let t = std::time::Instant::now();
    let l = Linter::new(Ruleset::embedded(), Settings::default());
    println!("load {:?}", t.elapsed());
    for p in std::env::args().skip(1) {
        let b = std::fs::read(&p).unwrap();
        let f = Format::of_extension(p.rsplit('.').next().unwrap()).unwrap();
        let t = std::time::Instant::now();
        let d = match Document::read(&b, f) { Ok(d) => d, Err(e) => { println!("{p}: {e}"); continue } };
        let t1 = t.elapsed();
        let o = l.outline(&d);
        let t2 = t.elapsed();
        let r = l.check(&Advert::new(vec![d]));
        println!("{p} {} read {:?} outline {:?} check {:?} {} sections {} statements", b.len(), t1, t2 - t1, t.elapsed() - t2, o.sections.len(), o.statements.len());
        let _ = r;
    }
}
