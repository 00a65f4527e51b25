//! The scenario through the AWS SDK for Rust. SCENARIO.md says what each step is.
mod control;
mod items;
mod more;

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::config::{BehaviorVersion, Region};
use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_http_client::Builder;
use std::collections::HashMap;
use std::future::Future;
use std::time::Duration;

pub type Item = HashMap<String, AttributeValue>;
/// The end of a step; the text says what was not so.
pub type Step = Result<(), String>;

pub const TABLE: &str = "Orders";

/// Ends the step when `so` is false.
pub fn check(so: bool, what: impl std::fmt::Debug) -> Step {
    if so {
        Ok(())
    } else {
        Err(format!("not so: {what:?}"))
    }
}

pub fn same<T: PartialEq + std::fmt::Debug>(found: T, wanted: T) -> Step {
    if found == wanted {
        Ok(())
    } else {
        Err(format!("{found:?} instead of {wanted:?}"))
    }
}

/// An error with its causes, for `map_err`.
pub fn told<E: std::error::Error>(error: E) -> String {
    DisplayErrorContext(&error).to_string()
}

/// The error must have this message.
pub fn says(error: &impl ProvideErrorMetadata, message: &str) -> Step {
    same(error.message(), Some(message))
}

pub fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

pub fn number(value: impl ToString) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

pub fn bytes(value: impl Into<Vec<u8>>) -> Blob {
    Blob::new(value)
}

pub fn item(customer: &str, order: &str, more: &[(&str, AttributeValue)]) -> Item {
    let mut made: Item = more.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
    made.insert("customer".into(), text(customer));
    made.insert("order".into(), text(order));
    made
}

pub fn key(customer: &str, order: &str) -> Item {
    item(customer, order, &[])
}

pub fn orders_of(items: &[Item]) -> Vec<String> {
    items.iter().map(|item| item["order"].as_s().cloned().unwrap_or_default()).collect()
}

/// 00, 01, ... of so many numbers.
pub fn two_digits(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("{n:02}")).collect()
}

pub struct Clients {
    pub db: aws_sdk_dynamodb::Client,
    pub streams: aws_sdk_dynamodbstreams::Client,
}

impl Clients {
    fn new(endpoint: &str) -> Self {
        let http = Builder::new().build_http();
        let secret = Credentials::new("interop", "interop", None, None, "scenario");
        let db = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .endpoint_url(endpoint)
            .credentials_provider(secret.clone())
            .http_client(http.clone())
            .retry_config(aws_sdk_dynamodb::config::retry::RetryConfig::disabled())
            .build();
        let streams = aws_sdk_dynamodbstreams::Config::builder()
            .behavior_version(aws_sdk_dynamodbstreams::config::BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .endpoint_url(endpoint)
            .credentials_provider(secret)
            .http_client(http)
            .build();
        Clients {
            db: aws_sdk_dynamodb::Client::from_conf(db),
            streams: aws_sdk_dynamodbstreams::Client::from_conf(streams),
        }
    }

    pub async fn put(&self, customer: &str, order: &str, more: &[(&str, AttributeValue)]) -> Step {
        let made = item(customer, order, more);
        self.db.put_item().table_name(TABLE).set_item(Some(made)).send().await.map_err(told)?;
        Ok(())
    }

    pub async fn get(&self, customer: &str, order: &str) -> Result<Option<Item>, String> {
        let request = self.db.get_item().table_name(TABLE).set_key(Some(key(customer, order)));
        Ok(request.consistent_read(true).send().await.map_err(told)?.item)
    }

    /// Asks for ten seconds whether the item is there, until it is as `there` says.
    pub async fn until(&self, customer: &str, order: &str, there: bool) -> Step {
        for _ in 0..200 {
            if self.get(customer, order).await?.is_some() == there {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err("still not so after ten seconds".into())
    }
}

async fn step(name: &str, act: impl Future<Output = Step>) {
    match act.await {
        Ok(()) => println!("step\t{name}\tpassed"),
        Err(why) => {
            let line: Vec<&str> = why.split_whitespace().collect();
            println!("step\t{name}\tfailed\t{}", line.join(" "));
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let endpoint = std::env::args().last().unwrap_or_default();
    let clients = Clients::new(&endpoint);
    println!("version\taws-sdk-dynamodb\t{}", aws_sdk_dynamodb::meta::PKG_VERSION);
    println!("version\taws-sdk-dynamodbstreams\t{}", aws_sdk_dynamodbstreams::meta::PKG_VERSION);
    step("create-table", control::create_table(&clients)).await;
    step("wait-table", control::wait_table(&clients)).await;
    step("put-get-types", items::put_get_types(&clients)).await;
    step("update", items::update(&clients)).await;
    step("condition-fails", items::condition_fails(&clients)).await;
    step("condition-all-old", items::condition_all_old(&clients)).await;
    step("query-pages", items::query_pages(&clients)).await;
    step("query-indexes", items::query_indexes(&clients)).await;
    step("parallel-scan", items::parallel_scan(&clients)).await;
    step("batch-write-unprocessed", more::batch_write_unprocessed(&clients)).await;
    step("batch-get-unprocessed", more::batch_get_unprocessed(&clients)).await;
    step("transaction", more::transaction(&clients)).await;
    step("transaction-canceled", more::transaction_canceled(&clients)).await;
    step("partiql", more::partiql(&clients)).await;
    step("partiql-batch", more::partiql_batch(&clients)).await;
    step("stream-read", control::stream_read(&clients)).await;
    step("ttl", control::time_to_live(&clients)).await;
    step("errors", control::errors(&clients)).await;
    step("delete-table", control::delete_table(&clients)).await;
}
