//! How much, how many, how slowly.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::client::{Served, read};

/// A server that waits a second and no more.
fn hasty() -> Served {
    Served::with(&["--timeout", "1"])
}

#[test]
fn what_is_too_large_is_refused_before_it_comes() {
    let served = Served::start();
    for (path, length) in [("/v2/check", 5 << 20), ("/api/check", 33 << 20), ("/api/review", usize::MAX >> 2)] {
        let head = served.head("POST", path, &[&format!("Content-Length: {length}"), &served.bearer(), "Content-Type: application/x-www-form-urlencoded"]);
        let answer = served.raw(head.as_bytes());
        assert_eq!(answer.status, 413, "{path}");
        assert!(answer.message().contains("MB"), "{}", answer.message());
    }
}

#[test]
fn what_grows_too_large_is_refused_when_it_is() {
    let served = Served::start();
    let mut stream = served.connect();
    stream.write_all(served.head("POST", "/v2/check", &["Transfer-Encoding: chunked"]).as_bytes()).expect("it is read");
    let chunk = [b"10000\r\n".as_slice(), &[b'a'; 0x10000], b"\r\n"].concat();
    // 6.4 MB; the connection may end before.
    for _ in 0..100 {
        if stream.write_all(&chunk).is_err() {
            break;
        }
    }
    let mut answer = [0; 12];
    if stream.read_exact(&mut answer).is_ok() {
        assert_eq!(&answer, b"HTTP/1.1 413");
    }
    assert_eq!(served.get("/v2/info", &[]).status, 200, "the next is served");
}

#[test]
fn a_head_without_end_is_refused() {
    let served = Served::start();
    let long = "a".repeat(300 * 1024);
    assert!(matches!(served.get(&format!("/v2/check?language=en&text={long}"), &[]).status, 0 | 414 | 431));
    assert!(matches!(served.get("/v2/info", &[&format!("X-Long: {long}")]).status, 0 | 431));
    let many: Vec<String> = (0..200).map(|n| format!("X-{n}: y")).collect();
    assert!(matches!(served.get("/v2/info", &many.iter().map(String::as_str).collect::<Vec<_>>()).status, 0 | 431));
}

#[test]
fn slow_heads_are_dropped() {
    let served = hasty();
    let begun = Instant::now();
    let mut streams: Vec<TcpStream> = (0..20).map(|_| served.connect()).collect();
    for stream in &mut streams {
        stream.write_all(b"GET /v2/info HTTP/1.1\r\nHost: ").expect("it is read");
    }
    // One byte now and then, as a slow client's attack has it; another client is served meanwhile.
    for _ in 0..4 {
        std::thread::sleep(Duration::from_millis(400));
        streams.iter_mut().for_each(|s| drop(s.write_all(b"x")));
        assert_eq!(served.get("/v2/info", &[]).status, 200);
    }
    for stream in &mut streams {
        let mut rest = Vec::new();
        // Whether it is told or cut off, it is over.
        let _ = stream.read_to_end(&mut rest);
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[test]
fn slow_bodies_are_told() {
    let served = hasty();
    for (path, headers) in [("/v2/check", vec![]), ("/api/check", vec![served.bearer()])] {
        let mut stream = served.connect();
        let headers: Vec<&str> = headers.iter().map(String::as_str).chain(["Content-Length: 1000"]).collect();
        stream.write_all(served.head("POST", path, &headers).as_bytes()).expect("it is read");
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_millis(1500) && stream.write_all(b"a").is_ok() {
            std::thread::sleep(Duration::from_millis(100));
        }
        let answer = read(&mut stream);
        assert!(answer.status == 408, "{path}: {} {}", answer.status, answer.head);
        assert!(answer.message().contains("1 seconds"), "{}", answer.message());
    }
}

#[test]
fn idle_connections_are_dropped() {
    let served = hasty();
    let mut stream = served.connect();
    stream.write_all(format!("GET /v2/info HTTP/1.1\r\nHost: {}\r\n\r\n", served.host()).as_bytes()).expect("it is read");
    let begun = Instant::now();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).expect("it is answered, and then ends");
    assert!(all.starts_with(b"HTTP/1.1 200") && begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
}

#[test]
fn too_many_requests_at_once_are_told_to_wait() {
    let served = Served::with(&["--timeout", "5"]);
    let head = served.head("POST", "/v2/check", &["Content-Length: 1000"]);
    let mut slow: Vec<TcpStream> = (0..64).map(|_| served.connect()).collect();
    slow.iter_mut().for_each(|s| s.write_all(head.as_bytes()).expect("it is read"));
    std::thread::sleep(Duration::from_millis(500));
    let answer = served.check(&[("text", "a"), ("language", "en")]);
    assert_eq!(answer.status, 503);
    assert_eq!(answer.header("retry-after").as_deref(), Some("1"));
    assert!(answer.message().contains("try again"));
    drop(slow);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(served.check(&[("text", "a"), ("language", "en")]).status, 200, "then there is room again");
}

#[test]
fn too_many_connections_are_told_to_wait() {
    let served = Served::with(&["--timeout", "10"]);
    let held: Vec<TcpStream> = (0..256).map(|_| served.connect()).collect();
    std::thread::sleep(Duration::from_millis(300));
    let mut one_more = served.connect();
    let answer = read(&mut one_more);
    assert_eq!(answer.status, 503, "{}", answer.head);
    assert!(answer.message().contains("connections"));
    drop(held);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(served.get("/v2/info", &[]).status, 200);
}

#[test]
fn work_that_takes_too_long_is_given_up() {
    let served = hasty();
    // As much as may be sent; a debug build takes some time for it, a release build may well be done.
    let text = "We need a chairman who is young and dynamic, with a degree in physics and 10 years' experience. ".repeat(30_000);
    let answer = served.check(&[("text", &text), ("language", "en-GB")]);
    assert!(matches!(answer.status, 200 | 503), "{}: {}", answer.status, answer.head);
    if answer.status == 503 {
        assert!(answer.message().contains("longer than 1 seconds"), "{}", answer.message());
    }
    assert_eq!(served.get("/v2/info", &[]).status, 200);
}
