//! Opens the table file and makes the planned tables that are not there yet.

use std::path::Path;

use dynoxide::Database;
use dynoxide::actions::create_table::CreateTableRequest;
use dynoxide::actions::update_time_to_live::{TimeToLiveSpecification, UpdateTimeToLiveRequest};
use serde_json::Value;

use super::{refused, sqlite};
use crate::data::{DataFolder, replace};
use crate::services::{ServiceError, TablePlan};

/// Each write looks up the last sequence number of its table's stream. Without an index that reads all records
/// that were ever written, and the store slows down with its age.
const STREAM_ORDER: &str = "CREATE INDEX IF NOT EXISTS local_stream_order
     ON _stream_records (table_name, CAST(sequence_number AS INTEGER))";

/// What a kept table cannot take over from a changed template.
const FIXED: [&str; 5] = [
    "KeySchema",
    "AttributeDefinitions",
    "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
    "StreamSpecification",
];

pub(super) fn open(
    data: &DataFolder,
    file: &Path,
    plan: &[TablePlan],
) -> Result<Database, ServiceError> {
    let name = file.to_string_lossy();
    let db = Database::new(&name).map_err(refused("open its file"))?;
    rusqlite::Connection::open(file)
        .and_then(|connection| connection.execute_batch(STREAM_ORDER))
        .map_err(sqlite("index its streams"))?;
    // Despite its name this is only "do not sync each write", on the connection that serves.
    db.enable_bulk_loading().map_err(refused("set its pace"))?;
    for table in plan {
        ensure(data, &db, table)?;
    }
    Ok(db)
}

fn ensure(data: &DataFolder, db: &Database, table: &TablePlan) -> Result<(), ServiceError> {
    let kept_plan = data.path().join(format!("table-{}.json", table.name));
    let known = db
        .get_table_metadata(&table.name)
        .map_err(refused(format!("look for table {}", table.name)))?;
    match &known {
        Some(_) => unchanged(&kept_plan, table)?,
        None => {
            let request: CreateTableRequest = serde_json::from_value(table.create.clone())
                .map_err(|error| ServiceError::Table {
                    what: format!("understand table {}", table.name),
                    reason: error.to_string(),
                })?;
            db.create_table(request)
                .map_err(refused(format!("create table {}", table.name)))?;
        }
    }
    replace(&kept_plan, table.create.to_string().as_bytes())?;
    let kept_ttl = known
        .filter(|meta| meta.ttl_enabled)
        .and_then(|meta| meta.ttl_attribute);
    if let Some(attribute) = &table.ttl_attribute
        && kept_ttl.as_ref() != Some(attribute)
    {
        db.update_time_to_live(UpdateTimeToLiveRequest {
            table_name: table.name.clone(),
            time_to_live_specification: TimeToLiveSpecification {
                attribute_name: attribute.clone(),
                enabled: true,
            },
        })
        .map_err(refused(format!("let items of table {} expire", table.name)))?;
    }
    Ok(())
}

fn unchanged(kept_plan: &Path, table: &TablePlan) -> Result<(), ServiceError> {
    // A kill between the table's making and this file leaves a table without it; it was made from some plan of
    // this very name a moment ago, and is taken as it is.
    let Ok(kept) = std::fs::read_to_string(kept_plan) else {
        return Ok(());
    };
    let kept: Value = serde_json::from_str(&kept).map_err(|error| ServiceError::Damaged {
        file: kept_plan.to_owned(),
        line: error.line(),
        reason: error.to_string(),
    })?;
    match FIXED
        .into_iter()
        .find(|part| kept.get(part) != table.create.get(part))
    {
        None => Ok(()),
        Some(differs) => Err(ServiceError::TableChanged {
            table: table.name.clone(),
            differs,
        }),
    }
}
