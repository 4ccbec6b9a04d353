# An image that holds the binary and nothing else: docker run --rm -v "$PWD:/work" jdlint check .
FROM rust:1.95-slim AS build
WORKDIR /source
COPY . .
# Linked statically, the binary needs no library of an image.
RUN host=$(rustc -vV | sed -n 's/^host: //p') \
 && RUSTFLAGS="-C target-feature=+crt-static" cargo build --release --locked --target "$host" \
 && mkdir -p /out && cp "target/$host/release/jdlint" /out/jdlint

FROM scratch
COPY --from=build /out/jdlint /jdlint
COPY LICENSE-MIT LICENSE-APACHE /
WORKDIR /work
USER 65534:65534
ENTRYPOINT ["/jdlint"]
CMD ["--help"]
