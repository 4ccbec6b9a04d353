//! A stream's bytes and the filters that it was packed with → how much it comes to. What it holds is not of interest, and
//! no more of it is unpacked than may be.

use std::borrow::Cow;

use hayro_interpret::hayro_syntax::Filter;
use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};
use weezl::LzwStatus;

/// Unpacks, and takes from `left` what each filter makes; nothing is left where that is more than may be.
pub(super) fn unpack(raw: Cow<'_, [u8]>, filters: &[Filter], left: &mut usize) {
    let mut data = raw;
    for (n, filter) in filters.iter().enumerate() {
        let mut sink = Sink { bytes: Vec::new(), keeps: n + 1 < filters.len(), left };
        match filter {
            Filter::AsciiHexDecode => hexadecimal(&data, &mut sink),
            Filter::Ascii85Decode => base85(&data, &mut sink),
            Filter::LzwDecode => lzw(&data, &mut sink),
            Filter::FlateDecode => deflated(&data, &mut sink),
            Filter::RunLengthDecode => run_lengths(&data, &mut sink),
            // Pictures of these kinds are never unpacked.
            Filter::CcittFaxDecode | Filter::Jbig2Decode | Filter::DctDecode | Filter::JpxDecode | Filter::Crypt => return,
        }
        data = Cow::Owned(sink.bytes);
        if *left == 0 {
            return;
        }
    }
}

/// Where unpacked bytes go: counted, and kept where another filter follows.
struct Sink<'l> {
    bytes: Vec<u8>,
    keeps: bool,
    left: &'l mut usize,
}

impl Sink<'_> {
    fn is_full(&self) -> bool {
        *self.left == 0
    }

    fn take(&mut self, bytes: &[u8]) {
        *self.left = self.left.saturating_sub(bytes.len());
        if self.keeps {
            self.bytes.extend_from_slice(bytes);
        }
    }
}

/// How much is unpacked at a time.
const WINDOW: usize = 64 << 10;

/// With a zlib header or, as the interpreter forgives, without.
fn deflated(mut data: &[u8], sink: &mut Sink) {
    let format = if super::is_zlib(data) { DataFormat::ZLibIgnoreChecksum } else { DataFormat::Raw };
    let mut state = InflateState::new_boxed(format);
    let mut window = vec![0; WINDOW];
    while !sink.is_full() {
        let step = inflate(&mut state, data, &mut window, MZFlush::None);
        sink.take(&window[..step.bytes_written]);
        data = data.get(step.bytes_consumed..).unwrap_or(b"");
        if !matches!(step.status, Ok(MZStatus::Ok)) || (step.bytes_consumed == 0 && step.bytes_written == 0) {
            break;
        }
    }
}

/// PDF reads its codes as TIFF does: the longest bits first, and one code early.
fn lzw(mut data: &[u8], sink: &mut Sink) {
    let mut decoder = weezl::decode::Decoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8);
    let mut window = vec![0; WINDOW];
    while !sink.is_full() {
        let step = decoder.decode_bytes(data, &mut window);
        sink.take(&window[..step.consumed_out]);
        data = data.get(step.consumed_in..).unwrap_or(b"");
        if !matches!(step.status, Ok(LzwStatus::Ok)) {
            break;
        }
    }
}

/// A length below 128 is that of bytes that follow, less one; one above, how often the next byte stands, from 257 down.
fn run_lengths(data: &[u8], sink: &mut Sink) {
    let mut at = 0;
    while let Some(length) = data.get(at).map(|b| usize::from(*b)).filter(|length| *length != 128 && !sink.is_full()) {
        let (n_stored, n_times) = if length < 128 { (length + 1, 1) } else { (1, 257 - length) };
        let run = data.get(at + 1..data.len().min(at + 1 + n_stored)).unwrap_or(b"");
        (0..n_times).for_each(|_| sink.take(run));
        at += 1 + n_stored;
    }
}

fn hexadecimal(data: &[u8], sink: &mut Sink) {
    let digits = data.iter().take_while(|b| **b != b'>').filter_map(|b| char::from(*b).to_digit(16));
    let digits: Vec<u8> = digits.filter_map(|d| u8::try_from(d).ok()).collect();
    for pair in digits.chunks(2) {
        sink.take(&[pair[0] << 4 | pair.get(1).unwrap_or(&0)]);
    }
}

/// Five characters for four bytes, and `z` for four zeros.
fn base85(data: &[u8], sink: &mut Sink) {
    let mut group = Vec::with_capacity(5);
    for byte in data.iter().take_while(|b| **b != b'~') {
        match byte {
            b'z' if group.is_empty() => sink.take(&[0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => {}
        }
        if group.len() == 5 {
            let number = group.iter().fold(0_u32, |n, digit| n.wrapping_mul(85).wrapping_add(u32::from(*digit)));
            sink.take(&number.to_be_bytes());
            group.clear();
        }
        if sink.is_full() {
            return;
        }
    }
    // A group that is cut short is filled up with the highest digit, and stands for one byte less than it has digits.
    if group.len() > 1 {
        let n_bytes = group.len() - 1;
        group.resize(5, 84);
        let number = group.iter().fold(0_u32, |n, digit| n.wrapping_mul(85).wrapping_add(u32::from(*digit)));
        sink.take(&number.to_be_bytes()[..n_bytes]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comes_to(data: &[u8], filters: &[Filter]) -> usize {
        let mut left = 1 << 20;
        unpack(Cow::Borrowed(data), filters, &mut left);
        (1 << 20) - left
    }

    #[test]
    fn what_streams_come_to_is_counted() {
        let zlib = miniz_oxide::deflate::compress_to_vec_zlib(&[b'x'; 1000], 9);
        let raw = miniz_oxide::deflate::compress_to_vec(&[b'x'; 1000], 9);
        let hex: Vec<u8> = zlib.iter().flat_map(|b| format!("{b:02x}").into_bytes()).chain(*b">").collect();
        let lzw = weezl::encode::Encoder::with_tiff_size_switch(weezl::BitOrder::Msb, 8).encode(&[b'x'; 1000]).expect("it is packed");
        assert_eq!(comes_to(&zlib, &[Filter::FlateDecode]), 1000);
        assert_eq!(comes_to(&raw, &[Filter::FlateDecode]), 1000);
        assert_eq!(comes_to(&hex, &[Filter::AsciiHexDecode, Filter::FlateDecode]), zlib.len() + 1000);
        assert_eq!(comes_to(&lzw, &[Filter::LzwDecode]), 1000);
        assert_eq!(comes_to(&[129, b'x', 2, b'a', b'b', b'c', 128], &[Filter::RunLengthDecode]), 131);
        // “Man ” in base 85, four zeros, and “M”.
        assert_eq!(comes_to(b"9jqo^z9`~>", &[Filter::Ascii85Decode]), 4 + 4 + 1);
        assert_eq!(comes_to(b"no jpeg", &[Filter::DctDecode]), 0);
    }

    #[test]
    fn no_more_is_unpacked_than_may_be() {
        let inner = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 50 << 20], 9);
        let outer = miniz_oxide::deflate::compress_to_vec_zlib(&inner, 9);
        assert_eq!(comes_to(&outer, &[Filter::FlateDecode, Filter::FlateDecode]), 1 << 20);
    }
}
