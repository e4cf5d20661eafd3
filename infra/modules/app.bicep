param name string
param planName string
param location string
param tags object
param identityId string
param identityClientId string
param storageName string
param deploymentContainer string
param monitoringConnection string

@description('References to secrets, no secrets themselves.')
param references object
param takesPreviousWebhook bool
param furtherSettings object

@description('Empty is the app\'s own address.')
param publicAddress string
param mailFrom string
param mailFromName string
param mailSandbox bool
param sendGridHost string
param sendGridEventKey string
param maximumInstances int
param instanceMemory int
param alwaysReadyDurable int

var previousWebhook = takesPreviousWebhook
  ? { Workflows__Webhooks__Sources__standard__Secrets__1: references.previousWebhook }
  : {}
var events = empty(sendGridEventKey) ? {} : { SendGrid__eventKey: sendGridEventKey }
var address = empty(publicAddress) ? 'https://${app.properties.defaultHostName}' : publicAddress

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    clientAffinityEnabled: false
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainer
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstances
        instanceMemoryMB: instanceMemory
        alwaysReady: alwaysReadyDurable == 0 ? [] : [
          { name: 'durable', instanceCount: alwaysReadyDurable }
        ]
      }
    }
  }

  // Deploying with shared publishing credentials is switched off: azd deploys by identity.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(furtherSettings, previousWebhook, events, {
      AzureWebJobsStorage__accountName: storageName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      AzureWebJobsDisableHomepage: 'true'
      Storage__accountName: storageName
      Storage__queueServiceUri: 'https://${storageName}.queue.${environment().suffixes.storage}'
      Storage__tableServiceUri: 'https://${storageName}.table.${environment().suffixes.storage}'
      Storage__credential: 'managedidentity'
      Storage__clientId: identityClientId
      AZURE_CLIENT_ID: identityClientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: monitoringConnection
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      Workflows__PublicAddress: address
      Workflows__AdminKey: references.adminKey
      Workflows__LinkKeys: references.linkKeys
      Workflows__Webhooks__Sources__standard__Secrets__0: references.webhook
      SendGrid__apiKey: references.sendGridApiKey
      SendGrid__host: sendGridHost
      SendGrid__from: mailFrom
      SendGrid__fromName: mailFromName
      SendGrid__sandbox: string(mailSandbox)
    })
  }
}

output id string = app.id
output name string = app.name
output address string = address
