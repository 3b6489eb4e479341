//! CPU time and memory of processes, from /proc; percentiles.

use std::{ops::Sub, time::Duration};

/// CPU time of the server and of the database beside it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    /// The server's process.
    pub server: Duration,
    /// PostgreSQL's processes, those that have ended included.
    pub database: Duration,
}

impl Sub for Cost {
    type Output = Cost;

    fn sub(self, before: Cost) -> Cost {
        Cost {
            server: self.server.saturating_sub(before.server),
            database: self.database.saturating_sub(before.database),
        }
    }
}

/// The first of the four times in /proc/…/stat: utime, stime, cutime, cstime.
const UTIME: usize = 14;

/// User and system time of a process and of its children that have ended.
pub fn cpu_time(process: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name in brackets may hold spaces: fields are counted after it, from field 3 of proc(5) on; one of them is
    // -1 where there is no terminal.
    let rest = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
    let times = rest.split_whitespace().skip(UTIME - 3).take(4);
    let ticks: u64 = times.filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// Resident memory of a process, in MiB.
pub fn resident_mib(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let kib: f64 = status
        .lines()
        .find_map(|line| {
            line.strip_prefix("VmRSS:")?
                .trim()
                .strip_suffix(" kB")?
                .parse()
                .ok()
        })
        .unwrap_or_default();
    kib / 1024.0
}

/// All processes whose command begins with that name.
pub fn processes(name: &str) -> Vec<u32> {
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|process: &u32| {
            std::fs::read_to_string(format!("/proc/{process}/comm")).is_ok_and(|comm| comm.trim() == name)
        })
        .collect()
}

/// Milliseconds for each of `count` calls.
pub fn per_call(time: Duration, count: usize) -> f64 {
    time.as_secs_f64() * 1000.0 / count.max(1) as f64
}

/// The value that so many percent stay under; sorts.
pub fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort();
    let position = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(position).copied().unwrap_or_default()
}
