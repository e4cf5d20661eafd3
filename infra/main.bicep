targetScope = 'subscription'

@minLength(1)
@maxLength(32)
@description('Names the environment; part of every resource\'s name.')
param environmentName string

@description('Azure region. It must offer Flex Consumption with .NET 10: az functionapp list-flexconsumption-runtimes -l <region> --runtime dotnet-isolated.')
param location string

@description('Name of the resource group; empty derives it from the environment.')
param resourceGroupName string = ''

@description('How people reach the app, for links in mails and cookies, such as https://deals.example.com; bind the name to the app beforehand. Empty is the app\'s own address.')
param publicAddress string = ''

@description('Mails the alerts go to; empty alerts nobody.')
param alertMail string = ''

@description('The sender of mails, verified at SendGrid.')
param mailFrom string

@description('The sender\'s display name.')
param mailFromName string = 'Sales'

@description('SendGrid checks mails and delivers none. Safe until it is switched off.')
param mailSandbox bool = true

@description('Where SendGrid\'s API is: https://api.eu.sendgrid.com keeps mails in the EU. Empty is the global one.')
param sendGridHost string = ''

@description('Public key of SendGrid\'s event webhook; empty takes no events.')
param sendGridEventKey string = ''

@secure()
@description('SendGrid\'s API key, with the right to send only. Kept in the key vault.')
param sendGridApiKey string

@secure()
@minLength(32)
@description('The administrator\'s API key: at least 32 random characters. Kept in the key vault.')
param adminKey string

@secure()
@description('The ring that signs approval links: id:base64 of 32 random bytes, several separated by spaces while one is replaced, the newest first. Kept in the key vault.')
param linkKeys string

@secure()
@description('Secret of the webhook source "standard" (Standard Webhooks, whsec_...). Kept in the key vault.')
param webhookSecret string

@secure()
@description('The secret before that one, good beside it while platforms are told the new one; empty when nobody signs with it any more.')
param previousWebhookSecret string = ''

@description('App settings beside those of this template, such as further webhook sources. Secrets only as references: @Microsoft.KeyVault(VaultName=...;SecretName=...).')
param furtherSettings object = {}

@description('Instances that each group of functions may grow to; Flex Consumption takes no fewer than 40.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemory int = 2048

@description('Instances kept ready for orchestrations. One keeps timers and events prompt; 0 costs nothing when nothing happens.')
@minValue(0)
param alwaysReadyDurable int = 1

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Object id of a person or group that may read and write the key vault\'s secrets; empty is nobody.')
param operatorId string = ''

@description('Redundancy of the storage account, which holds every deal.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS'])
param storageSku string = 'Standard_ZRS'

@description('Locks the storage account, which holds every deal and has no undelete for tables, against deletion.')
param lockStorage bool = true

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var appName = 'func-workflows-${token}'

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: empty(resourceGroupName) ? 'rg-${environmentName}' : resourceGroupName
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-workflows-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    suffix: token
    location: location
    tags: tags
    retentionDays: logRetentionDays
    principalId: identity.outputs.principalId
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'stwf${token}'
    location: location
    tags: tags
    sku: storageSku
    principalId: identity.outputs.principalId
    isLocked: lockStorage
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    name: 'kv-wf-${token}'
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    operatorId: operatorId
    sendGridApiKey: sendGridApiKey
    adminKey: adminKey
    linkKeys: linkKeys
    webhookSecret: webhookSecret
    previousWebhookSecret: previousWebhookSecret
    workspaceId: monitoring.outputs.workspaceId
  }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    name: appName
    planName: 'plan-workflows-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    deploymentContainer: storage.outputs.deploymentContainer
    monitoringConnection: monitoring.outputs.connectionString
    references: vault.outputs.references
    takesPreviousWebhook: !empty(previousWebhookSecret)
    furtherSettings: furtherSettings
    publicAddress: publicAddress
    mailFrom: mailFrom
    mailFromName: mailFromName
    mailSandbox: mailSandbox
    sendGridHost: sendGridHost
    sendGridEventKey: sendGridEventKey
    maximumInstances: maximumInstances
    instanceMemory: instanceMemory
    alwaysReadyDurable: alwaysReadyDurable
  }
}

module alerts 'modules/alerts.bicep' = if (!empty(alertMail)) {
  scope: group
  params: {
    suffix: token
    location: location
    tags: tags
    alertMail: alertMail
    insightsId: monitoring.outputs.insightsId
    appId: app.outputs.id
  }
}

@description('Where people sign in.')
output CONSOLE_URL string = app.outputs.address

@description('To give to platforms that sign by Standard Webhooks.')
output WEBHOOK_URL string = '${app.outputs.address}/api/webhooks/standard'

@description('To give to SendGrid as event webhook.')
output MAIL_EVENTS_URL string = '${app.outputs.address}/api/mail/events'

output AZURE_FUNCTION_NAME string = app.outputs.name
output AZURE_KEY_VAULT_NAME string = vault.outputs.name
output AZURE_STORAGE_NAME string = storage.outputs.name
output AZURE_RESOURCE_GROUP string = group.name
