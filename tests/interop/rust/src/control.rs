//! Tables, streams, TTL, errors.
use crate::{check, key, number, same, says, text, told, Clients, Step, TABLE};
use aws_sdk_dynamodb::client::Waiters;
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::operation::create_table::builders::CreateTableFluentBuilder;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, IndexStatus, KeySchemaElement, KeyType,
    LocalSecondaryIndex, Projection, ProjectionType, ScalarAttributeType, StreamSpecification, StreamViewType,
    TableStatus, TimeToLiveSpecification, TimeToLiveStatus,
};
use aws_sdk_dynamodbstreams::types::{AttributeValue as StreamValue, OperationType, ShardIteratorType};
use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

fn schema(hash: &str, range: &str) -> Result<Vec<KeySchemaElement>, String> {
    [(hash, KeyType::Hash), (range, KeyType::Range)]
        .into_iter()
        .map(|(name, kind)| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().map_err(told))
        .collect()
}

fn definition(clients: &Clients) -> Result<CreateTableFluentBuilder, String> {
    let mut request = clients.db.create_table().table_name(TABLE).billing_mode(BillingMode::PayPerRequest);
    for name in ["customer", "order", "price", "status", "placed"] {
        let kind = if name == "price" { ScalarAttributeType::N } else { ScalarAttributeType::S };
        let defined = AttributeDefinition::builder().attribute_name(name).attribute_type(kind).build();
        request = request.attribute_definitions(defined.map_err(told)?);
    }
    let local = LocalSecondaryIndex::builder()
        .index_name("byPrice")
        .set_key_schema(Some(schema("customer", "price")?))
        .projection(Projection::builder().projection_type(ProjectionType::All).build())
        .build();
    let included = Projection::builder().projection_type(ProjectionType::Include).non_key_attributes("price");
    let global = GlobalSecondaryIndex::builder()
        .index_name("byStatus")
        .set_key_schema(Some(schema("status", "placed")?))
        .projection(included.build())
        .build();
    let stream =
        StreamSpecification::builder().stream_enabled(true).stream_view_type(StreamViewType::NewAndOldImages).build();
    Ok(request
        .set_key_schema(Some(schema("customer", "order")?))
        .local_secondary_indexes(local.map_err(told)?)
        .global_secondary_indexes(global.map_err(told)?)
        .stream_specification(stream.map_err(told)?))
}

pub async fn create_table(clients: &Clients) -> Step {
    let made = definition(clients)?.send().await.map_err(told)?.table_description.ok_or("no description")?;
    same(made.table_name(), Some(TABLE))?;
    same(made.local_secondary_indexes()[0].index_name(), Some("byPrice"))?;
    same(made.global_secondary_indexes()[0].index_name(), Some("byStatus"))?;
    check(made.latest_stream_arn().unwrap_or_default().contains(":table/Orders/stream/"), made.latest_stream_arn())
}

pub async fn wait_table(clients: &Clients) -> Step {
    let waiter = clients.db.wait_until_table_exists().table_name(TABLE);
    waiter.wait(Duration::from_secs(20)).await.map_err(told)?;
    let found = clients.db.describe_table().table_name(TABLE).send().await.map_err(told)?.table.ok_or("no table")?;
    same(found.table_status(), Some(&TableStatus::Active))?;
    same(found.global_secondary_indexes()[0].index_status(), Some(&IndexStatus::Active))
}

pub async fn stream_read(clients: &Clients) -> Step {
    let (db, streams) = (&clients.db, &clients.streams);
    let table = db.describe_table().table_name(TABLE).send().await.map_err(told)?.table.ok_or("no table")?;
    let arn = table.latest_stream_arn().unwrap_or_default();
    let described = streams.describe_stream().stream_arn(arn).send().await.map_err(told)?;
    let shards = described.stream_description.ok_or("no description")?.shards.unwrap_or_default();
    same(shards.len(), 1)?;
    let request = streams.get_shard_iterator().stream_arn(arn).set_shard_id(shards[0].shard_id.clone());
    let mut iterator =
        request.shard_iterator_type(ShardIteratorType::Latest).send().await.map_err(told)?.shard_iterator;
    clients.put("stream", "1", &[("price", number(1))]).await?;
    db.update_item()
        .table_name(TABLE)
        .set_key(Some(key("stream", "1")))
        .update_expression("SET price = :two")
        .expression_attribute_values(":two", number(2))
        .send()
        .await
        .map_err(told)?;
    db.delete_item().table_name(TABLE).set_key(Some(key("stream", "1"))).send().await.map_err(told)?;
    let mut records = Vec::new();
    for _ in 0..200 {
        let page = streams.get_records().set_shard_iterator(iterator).send().await.map_err(told)?;
        records.extend(page.records.unwrap_or_default());
        iterator = page.next_shard_iterator;
        if records.len() >= 3 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let names: Vec<_> = records.iter().filter_map(|record| record.event_name.clone()).collect();
    same(names, vec![OperationType::Insert, OperationType::Modify, OperationType::Remove])?;
    let keys = HashMap::from([
        ("customer".to_string(), StreamValue::S("stream".into())),
        ("order".to_string(), StreamValue::S("1".into())),
    ]);
    let changes: Vec<_> = records.into_iter().filter_map(|record| record.dynamodb).collect();
    for change in &changes {
        same(change.keys.as_ref(), Some(&keys))?;
    }
    let price =
        |image: &Option<HashMap<String, StreamValue>>| image.as_ref().and_then(|image| image.get("price").cloned());
    same(price(&changes[1].old_image), Some(StreamValue::N("1".into())))?;
    same(price(&changes[1].new_image), Some(StreamValue::N("2".into())))
}

pub async fn time_to_live(clients: &Clients) -> Step {
    let setting = TimeToLiveSpecification::builder().attribute_name("expires").enabled(true).build().map_err(told)?;
    let request = clients.db.update_time_to_live().table_name(TABLE).time_to_live_specification(setting);
    request.send().await.map_err(told)?;
    let answer = clients.db.describe_time_to_live().table_name(TABLE).send().await.map_err(told)?;
    let status = answer.time_to_live_description.and_then(|description| description.time_to_live_status);
    check(matches!(status, Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling)), &status)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(told)?.as_secs();
    clients.put("ttl", "past", &[("expires", number(now - 60))]).await?;
    clients.put("ttl", "future", &[("expires", number(now + 3600))]).await?;
    clients.until("ttl", "past", false).await?;
    check(clients.get("ttl", "future").await?.is_some(), "future is gone")
}

pub async fn errors(clients: &Clients) -> Step {
    let get = clients.db.get_item();
    let error = get.clone().table_name("Nowhere").set_key(Some(key("a", "b"))).send().await.err();
    let error = error.ok_or("no error")?.into_service_error();
    check(error.is_resource_not_found_exception(), &error)?;
    says(&error, "Requested resource not found")?;
    let error = definition(clients)?.send().await.err().ok_or("no error")?.into_service_error();
    check(error.is_resource_in_use_exception(), &error)?;
    says(&error, "Table already exists: Orders")?;
    let error = get.table_name(TABLE).key("customer", text("ada")).send().await.err();
    let error = error.ok_or("no error")?.into_service_error();
    same(error.code(), Some("ValidationException"))?;
    says(&error, "The provided key element does not match the schema")
}

pub async fn delete_table(clients: &Clients) -> Step {
    clients.db.delete_table().table_name(TABLE).send().await.map_err(told)?;
    let waiter = clients.db.wait_until_table_not_exists().table_name(TABLE);
    waiter.wait(Duration::from_secs(20)).await.map_err(told)?;
    let error = clients.db.describe_table().table_name(TABLE).send().await.err();
    let error = error.ok_or("no error")?.into_service_error();
    check(error.is_resource_not_found_exception(), &error)?;
    says(&error, "Requested resource not found: Table: Orders not found")
}
