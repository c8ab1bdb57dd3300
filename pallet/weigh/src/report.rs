//! From runs to formulas: medians of slopes, and the template that turns them into Rust.

use crate::Measured;
use frame_benchmarking::{Analysis, BenchmarkResult, BenchmarkSelector};
use handlebars::{handlebars_helper, Handlebars};
use serde_json::{json, Value};
use std::error::Error;

handlebars_helper!(underscore: |number: Value| grouped(&text(&number)));
handlebars_helper!(not: |value: bool| !value);
handlebars_helper!(ne: |a: Value, b: Value| text(&a) != text(&b));

/// # Errors
/// A template that is none, or benchmarks with too few runs for a slope.
pub fn render(template: &str, measured: &[Measured], steps: u32, repeats: u32) -> Result<String, Box<dyn Error>> {
    let mut handlebars = Handlebars::new();
    handlebars.register_escape_fn(handlebars::no_escape);
    handlebars.register_helper("underscore", Box::new(underscore));
    handlebars.register_helper("not", Box::new(not));
    handlebars.register_helper("ne", Box::new(ne));
    let benchmarks = measured.iter().map(benchmark).collect::<Result<Vec<_>, _>>()?;
    let data = json!({
        "date": date(),
        "cpuname": cpu(),
        "version": env!("CARGO_PKG_VERSION"),
        "cmd": { "steps": steps, "repeat": repeats, "wasm_execution": "compiled" },
        "benchmarks": benchmarks,
    });
    Ok(handlebars.render_template(template, &data)?)
}

fn benchmark(it: &Measured) -> Result<Value, Box<dyn Error>> {
    let time = median(it, &it.times, BenchmarkSelector::ExtrinsicTime)?;
    let reads = median(it, &it.accesses, BenchmarkSelector::Reads)?;
    let writes = median(it, &it.accesses, BenchmarkSelector::Writes)?;
    let proof = median(it, &it.accesses, BenchmarkSelector::ProofSize)?;
    let used = |name: &str| {
        [&time, &reads, &writes, &proof].iter().any(|a| slopes(a).iter().any(|slope| slope["name"] == name))
    };
    let components: Vec<Value> = it
        .ranges
        .iter()
        .map(|(name, _, _)| name.to_string())
        .map(|name| json!({ "name": name, "is_used": used(&name) }))
        .collect();
    Ok(json!({
        "name": it.name,
        "components": components,
        "component_ranges": it.ranges.iter()
            .map(|(name, min, max)| json!({ "name": name.to_string(), "min": min, "max": max })).collect::<Vec<_>>(),
        "comments": Vec::<String>::new(),
        "min_execution_time": time.minimum.to_string(),
        "base_weight": time.base.to_string(),
        "component_weight": slopes(&time),
        "base_reads": reads.base.to_string(),
        "component_reads": slopes(&reads),
        "base_writes": writes.base.to_string(),
        "component_writes": slopes(&writes),
        "base_calculated_proof_size": proof.base.to_string(),
        "component_calculated_proof_size": slopes(&proof),
    }))
}

/// Picoseconds, accesses or bytes, whatever is selected. Medians, since other programs share the machine: a mean would weigh their work too.
fn median(it: &Measured, runs: &Vec<BenchmarkResult>, what: BenchmarkSelector) -> Result<Analysis, String> {
    Analysis::median_slopes(runs, what).map_err(|e| format!("{}: {e}", it.name))
}

fn slopes(analysis: &Analysis) -> Vec<Value> {
    let all = analysis.names.iter().zip(&analysis.slopes);
    all.filter(|(_, slope)| **slope != 0)
        .map(|(name, slope)| json!({ "name": name, "slope": slope.to_string() }))
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// 1234567 as 1_234_567.
fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

fn cpu() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name"));
    model.map_or("an unknown processor", |it| it.trim_start_matches([' ', '\t', ':'])).to_owned()
}

/// Day of the run, as the caller names it: `WEIGH_DATE`, for instance `$(date -I)`.
fn date() -> String {
    std::env::var("WEIGH_DATE").unwrap_or_else(|_| "on an unknown day".to_owned())
}
